import { Token } from 'cdktf';
import type { Problem } from '../core/check';

/** The `sub` claim of a job's token; `*` matches any characters, `?` any single one. */
export type CiSubject = string;

/**
 * The jobs of a GitHub repository on a branch, on a tag, or in an environment; the subject of a job with an environment
 * names neither branch nor tag.
 * Source: "OpenID Connect reference", https://docs.github.com/en/actions/reference/security/oidc
 * @param repository `owner/name`
 */
export function gitHubActions(
  repository: string,
  on: { readonly branch: string } | { readonly tag: string } | { readonly environment: string },
): CiSubject {
  if ('environment' in on) return `repo:${repository}:environment:${on.environment}`;
  return `repo:${repository}:ref:${'branch' in on ? `refs/heads/${on.branch}` : `refs/tags/${on.tag}`}`;
}

/**
 * The jobs of a GitLab project on a branch or on a tag.
 * Source: "OpenID Connect (OIDC) Authentication Using ID Tokens",
 * https://docs.gitlab.com/ci/secrets/id_token_authentication/
 * @param project path including groups: `acme/shop/checkout`
 */
export function gitLab(project: string, on: { readonly branch: string } | { readonly tag: string }): CiSubject {
  const [type, ref] = 'branch' in on ? ['branch', on.branch] : ['tag', on.tag];
  return `project_path:${project}:ref_type:${type}:ref:${ref}`;
}

const ONLY_WILDCARDS = /^[*?:/]*$/;
/** `repo:owner/name:rest` and `project_path:group/name:rest`. */
const REPOSITORY_SUBJECT = /^(repo|project_path):([^:]*)(?::(.*))?$/;
const WILDCARD = /[*?]/;

/** Rejects subjects that match more than the jobs of one repository. */
export function subjectProblems(subjects: readonly CiSubject[]): readonly Problem[] {
  if (subjects.length === 0) return ['subjects is empty, so no job could assume the role: give at least one'];
  return subjects.flatMap((subject): readonly Problem[] => {
    if (Token.isUnresolved(subject)) return [];
    if (ONLY_WILDCARDS.test(subject)) {
      return [`subjects has '${subject}', which matches jobs of any repository: give the repository and its branch`];
    }
    const [, , repository, rest] = REPOSITORY_SUBJECT.exec(subject) ?? [];
    if (repository === undefined) return [];
    if (WILDCARD.test(repository) || !repository.includes('/') || rest === undefined) {
      return [`subjects has '${subject}', which does not identify one repository: use owner/name without wildcards`];
    }
    return ONLY_WILDCARDS.test(rest)
      ? [
          {
            code: 'robot-any-branch',
            problem: `subjects has '${subject}', which matches every branch, reviewed or not: give a branch, tag or environment`,
          },
        ]
      : [];
  });
}

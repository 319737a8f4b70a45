import { Token } from 'cdktf';
import type { Problem } from '../core/check';

/** The `sub` of a job's token, `*` and `?` standing for any characters and any one. */
export type CiSubject = string;

/**
 * The jobs of a GitHub repository that run on a branch, on a tag, or in an environment; a job with an environment has
 * that as its only subject.
 * Source: "OpenID Connect reference", GitHub Docs.
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
 * The jobs of a GitLab project that run on a branch or on a tag.
 * Source: "OpenID Connect (OIDC) Authentication Using ID Tokens", GitLab Docs.
 * @param project with its groups: `acme/shop/checkout`
 */
export function gitLab(project: string, on: { readonly branch: string } | { readonly tag: string }): CiSubject {
  const [type, ref] = 'branch' in on ? ['branch', on.branch] : ['tag', on.tag];
  return `project_path:${project}:ref_type:${type}:ref:${ref}`;
}

const ONLY_WILDCARDS = /^[*?:/]*$/;
/** `repo:owner/name:rest` and `project_path:group/name:rest`. */
const OF_A_REPOSITORY = /^(repo|project_path):([^:]*)(?::(.*))?$/;
const WILDCARD = /[*?]/;

/** Says which subjects let in more than the jobs of one known repository. */
export function subjectProblems(subjects: readonly CiSubject[]): readonly Problem[] {
  if (subjects.length === 0) return ['subjects is empty, so no job could use the role: name at least one'];
  return subjects.flatMap((subject): readonly Problem[] => {
    if (Token.isUnresolved(subject)) return [];
    if (ONLY_WILDCARDS.test(subject)) {
      return [`subjects has '${subject}', which lets in everybody's jobs: name the repository and its branch`];
    }
    const [, , repository, rest] = OF_A_REPOSITORY.exec(subject) ?? [];
    if (repository === undefined) return [];
    if (WILDCARD.test(repository) || !repository.includes('/') || rest === undefined) {
      return [`subjects has '${subject}', which does not name one repository: write owner/name, without wildcards`];
    }
    return ONLY_WILDCARDS.test(rest)
      ? [
          {
            code: 'robot-any-branch',
            problem: `subjects has '${subject}', which lets in every branch, reviewed or not: name a branch, tag or environment`,
          },
        ]
      : [];
  });
}

import { Token } from 'cdktf';
import { checkData, type Problem } from '../core/check';
import { formatValue } from '../core/format';
import { isRecord } from '../core/record';
import { list, shapeProblems, text } from '../core/shape';

/** The `sub` claim of a job's token; `*` matches any characters, `?` any single one. */
export type CiSubject = string;

export const CI_SUBJECTS = list(text(), "a list, such as [gitHubActions('acme/shop', { branch: 'main' })]");

/**
 * The jobs of a GitHub repository on a branch, on a tag, or in an environment; the subject of a job with an environment
 * names neither branch nor tag.
 *
 * Tokens of repositories that were created, renamed or transferred since 2026-07-15 name the ids of owner and
 * repository too: `acme@123456/shop@456789`. A name can be taken over by another owner once it is free, an id cannot.
 * To move an existing repository to ids, list both subjects, opt the repository in, then remove the one without ids.
 * Sources: "OpenID Connect reference", https://docs.github.com/en/actions/reference/security/oidc; "Immutable subject
 * claims for GitHub Actions OIDC tokens",
 * https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/
 * @param repository `owner/name`, or `owner@id/name@id`
 */
export function gitHubActions(
  repository: string,
  on: { readonly branch: string } | { readonly tag: string } | { readonly environment: string },
): CiSubject {
  checkData('gitHubActions', ...subjectPartProblems('repository', repository, on, ['branch', 'tag', 'environment']));
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
  checkData('gitLab', ...subjectPartProblems('project', project, on, ['branch', 'tag']));
  const [type, ref] = 'branch' in on ? ['branch', on.branch] : ['tag', on.tag];
  return `project_path:${project}:ref_type:${type}:ref:${ref}`;
}

/** Exactly one of `kinds` says on what the jobs run. */
function subjectPartProblems(prop: string, name: unknown, on: unknown, kinds: readonly string[]): readonly Problem[] {
  const given = isRecord(on) ? Object.keys(on) : [];
  const [kind] = given;
  return [
    ...shapeProblems(name, text('a name with its owner, such as acme/shop'), prop),
    given.length === 1 && kinds.includes(kind!)
      ? shapeProblems((on as Readonly<Record<string, unknown>>)[kind!], text(), kind)[0]
      : `what the jobs run on is ${formatValue(on)}: give one of ${kinds.join(', ')}, such as { branch: 'main' }`,
  ];
}

const WILDCARD = /[*?]/;
const ONLY_WILDCARDS = /^[*?:/]*$/;
/** `repo:owner/name:rest` and `project_path:group/name:rest`. */
const REPOSITORY_SUBJECT = /^(repo|project_path):([^:]*)(?::(.*))?$/;
const GITHUB_REPOSITORY = /^[^/@]+(?:@\d+)?\/[^/@]+(?:@\d+)?$/;
const UNREVIEWED = /^(?:pull_request|ref:refs\/pull\/)/;
/** A complete statement of what a job runs on, up to the name, which may have wildcards but not start with one. */
const ON_ONE_REF = /^(?:ref:refs\/(?:heads|tags)\/|environment:|ref_type:(?:branch|tag):ref:)[^*?]/;

/** Rejects subjects that match more than the jobs of one repository on reviewed code. */
export function subjectProblems(subjects: readonly CiSubject[], issuer?: string): readonly Problem[] {
  if (subjects.length === 0) return ['subjects is empty, so no job could assume the role: give at least one'];
  return subjects.flatMap((subject): Problem => {
    if (Token.isUnresolved(subject)) return false;
    const [, kind, repository, rest] = REPOSITORY_SUBJECT.exec(subject) ?? [];
    if (repository === undefined) return otherSubjectProblem(subject) || publicIssuerProblem(subject, issuer);
    return repositoryProblem(subject, kind!, repository, rest) || refProblem(subject, rest!);
  });
}

/** Subjects of other CI systems, and of customized templates, are only checked for a fixed beginning. */
function otherSubjectProblem(subject: CiSubject): Problem {
  const fixed = subject.split(WILDCARD)[0]!;
  return (
    (ONLY_WILDCARDS.test(subject) || (fixed !== subject && !/[:/]/.test(fixed))) &&
    `subjects has '${subject}', which matches jobs of any repository: give the repository and its branch`
  );
}

/**
 * Issuers that sign the tokens of everybody's jobs, and the claims that only the jobs of one owner have. Any owner may choose
 * the claims of its subjects: a subject of other claims alone, such as a workflow that everybody may call, is a stranger's too.
 * Sources: "OpenID Connect reference", customizing the subject claims,
 * https://docs.github.com/en/actions/reference/security/oidc; "OpenID Connect (OIDC) Authentication Using ID Tokens",
 * https://docs.gitlab.com/ci/secrets/id_token_authentication/
 */
const PUBLIC_ISSUERS: Readonly<Record<string, { readonly owner: RegExp; readonly example: string }>> = {
  'https://token.actions.githubusercontent.com': {
    owner: /(?:^|:)(?:repo|repository|repository_id|repository_owner|repository_owner_id):[^:*?]+(?::|$)/,
    example: 'repo:owner/name:ref:refs/heads/main',
  },
  'https://gitlab.com': {
    owner: /^(?:project_path|project_id|namespace_path|namespace_id):[^:*?]+(?::|$)/,
    example: 'project_path:group/name:ref_type:branch:ref:main',
  },
};

function publicIssuerProblem(subject: CiSubject, issuer = ''): Problem {
  const known = Object.hasOwn(PUBLIC_ISSUERS, issuer) ? PUBLIC_ISSUERS[issuer] : undefined;
  return (
    known !== undefined &&
    !known.owner.test(subject) &&
    `subjects has '${subject}', which names no owner, so that it is nobody's or anybody's: write it as ${known.example}`
  );
}

function repositoryProblem(subject: CiSubject, kind: string, repository: string, rest: string | undefined): Problem {
  if (WILDCARD.test(repository) || !repository.includes('/') || rest === undefined) {
    return `subjects has '${subject}', which does not identify one repository: use owner/name without wildcards`;
  }
  const hasIds = repository.split('/').map((name) => name.includes('@'));
  return (
    kind === 'repo' &&
    (!GITHUB_REPOSITORY.test(repository) || new Set(hasIds).size > 1) &&
    `subjects has '${subject}', which no job has: use owner/name, or owner@id/name@id with the numeric ids of both`
  );
}

function refProblem(subject: CiSubject, rest: string): Problem {
  if (ONLY_WILDCARDS.test(rest)) {
    return {
      code: 'robot-any-branch',
      problem: `subjects has '${subject}', which matches every branch, reviewed or not: give a branch, tag or environment`,
    };
  }
  return (
    (UNREVIEWED.test(rest) || (WILDCARD.test(rest) && !ON_ONE_REF.test(rest))) && {
      code: 'robot-any-branch',
      problem: `subjects has '${subject}', which matches code that nobody reviewed: give a branch, tag or environment`,
    }
  );
}

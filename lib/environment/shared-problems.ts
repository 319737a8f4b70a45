import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import { domainNameProblem } from '../dns/domain-name';
import type { CiRoleSpec, SharedProps } from './shared-props';

/** Problems of the shared stack's data that its constructs do not check themselves. */
export function sharedProblems(props: SharedProps): readonly Problem[] {
  const { repositories = [], ciRoles = [], pullThroughCaches = [] } = props;
  const names = repositories.map(({ name }) => name);
  const known = [...new Set(names)].join(', ') || 'none';
  return [
    props.domain !== undefined && domainNameProblem('domain', props.domain),
    props.dns !== undefined &&
      props.domain === undefined &&
      'dns has no effect without domain: set domain, or remove dns',
    ...duplicateProblems('repositories', names),
    ...duplicateProblems(
      'ciRoles',
      ciRoles.map(({ name }) => name),
    ),
    ...duplicateProblems(
      'pullThroughCaches',
      pullThroughCaches.map(({ kind }) => kind),
    ),
    ...ciRoles.flatMap(({ pushTo }, index) =>
      pushTo
        .filter((repository) => !names.includes(repository))
        .map(
          (repository) =>
            `ciRoles[${index}].pushTo has '${repository}', which is not in repositories (${known}): add it there`,
        ),
    ),
    ...audienceProblems(ciRoles),
  ];
}

function duplicateProblems(prop: string, names: readonly string[]): readonly Problem[] {
  return duplicates(names).map((name) => `${prop} has '${name}' twice: remove one`);
}

/** The roles of a CI system share one identity provider, which has one audience. */
function audienceProblems(ciRoles: readonly CiRoleSpec[]): readonly Problem[] {
  return [...new Set(ciRoles.map(({ issuer }) => issuer.issuer))].flatMap((url) => {
    const audiences = new Set(
      ciRoles.filter(({ issuer }) => issuer.issuer === url).map(({ issuer }) => issuer.audience),
    );
    return audiences.size > 1
      ? [
          `ciRoles use the audiences ${[...audiences].join(' and ')} for ${url}, but share its identity provider: use one audience for all`,
        ]
      : [];
  });
}

import type { Problem } from '../core/check';
import type { RobotSpec, SharedProps } from './shared-props';

/** What is wrong with what the environments are to share, beside what its constructs say of themselves. */
export function sharedProblems(props: SharedProps): readonly Problem[] {
  const { repositories = [], robots = [], pullThroughCaches = [] } = props;
  const names = repositories.map(({ name }) => name);
  const known = [...new Set(names)].join(', ') || 'none';
  return [
    ...doubled('repositories', names),
    ...doubled(
      'robots',
      robots.map(({ name }) => name),
    ),
    ...doubled(
      'pullThroughCaches',
      pullThroughCaches.map(({ kind }) => kind),
    ),
    ...robots.flatMap(({ name, pushTo }) =>
      pushTo
        .filter((repository) => !names.includes(repository))
        .map(
          (repository) =>
            `robot '${name}' pushes to '${repository}', which is none of the repositories (${known}): add it`,
        ),
    ),
    ...audienceProblems(robots),
  ];
}

function doubled(prop: string, names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map(
    (name) => `${prop} has '${name}' twice: leave one out`,
  );
}

/** The robots of a CI system share the account's one provider for it. */
function audienceProblems(robots: readonly RobotSpec[]): readonly string[] {
  return [...new Set(robots.map(({ issuer }) => issuer.issuer))].flatMap((url) => {
    const audiences = new Set(
      robots.filter(({ issuer }) => issuer.issuer === url).map(({ issuer }) => issuer.audience),
    );
    return audiences.size > 1
      ? [`robots know ${url} by the audiences ${[...audiences].join(' and ')}, IAM by one: use the same`]
      : [];
  });
}

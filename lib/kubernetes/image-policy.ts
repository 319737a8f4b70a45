import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { Problem } from '../core/check';
import { isRecord } from '../core/record';
import { list, object, oneOf, optional, record, text, type Shape } from '../core/shape';
import { formatImage, isMutable, parseImage } from './image-ref';

/** A registry, with a path if any: neither a scheme nor a tag. */
const MIRROR = /^[^\s/@${}]+(\/[^\s/:@${}]+)*\/?$/;

/** Other hosts of Docker Hub: images are written without them. */
const DOCKER_HUB = new Set(['index.docker.io', 'registry-1.docker.io', 'hub.docker.com', 'registry.hub.docker.com']);

/** By the construct that it was provided on. A stack already has children, which rules cdktf's context out. */
const policies = new WeakMap<IConstruct, ImagePolicy>();

/** Where images are pulled from, and which are allowed. */
export interface ImagePolicy {
  /**
   * What to pull from instead of a registry: `{ 'docker.io': '123456789012.dkr.ecr.eu-west-1.amazonaws.com/docker-hub' }`.
   * The repository's path, tag and digest are kept.
   * @default each image is pulled from its own registry
   */
  readonly mirrors?: Readonly<Record<string, string>>;
  /**
   * Registries, or prefixes such as `quay.io/prometheus`, that images may be pulled from, mirrors applied.
   * @default any
   */
  readonly allowed?: readonly string[];
  /**
   * Registries that the nodes can reach, by host, `*` for its first part: `*.dkr.ecr.eu-west-1.amazonaws.com`. Images of
   * others need a mirror. In an environment without internet access, ECR in its region is one of them; add those behind
   * `network.routes`.
   * @default all, with internet access
   */
  readonly reachable?: readonly string[];
  /**
   * `tag`: an image needs a version's tag; `digest`: it needs a digest.
   * @default 'tag'
   */
  readonly pin?: 'tag' | 'digest';
}

/** What `parseImage` takes for a registry: the host of an image without one is docker.io. */
const REGISTRY = /^([a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?|[a-z0-9-]+:\d+|localhost)$/;

const MIRROR_BY_REGISTRY = record(
  text("a registry with a path if any, such as '123456789012.dkr.ecr.eu-west-1.amazonaws.com/hub'", MIRROR),
  'an object of mirrors by registry',
);

/** A key that is no registry's host would mirror nothing. */
const MIRRORS: Shape<Readonly<Record<string, string>>> = {
  ...MIRROR_BY_REGISTRY,
  problems: (given, path) => [
    ...(isRecord(given) ? Object.keys(given) : [])
      .filter((registry) => !REGISTRY.test(registry) || DOCKER_HUB.has(registry))
      .map(
        (registry) =>
          `${path} has '${registry}', which no image is pulled from: use a registry's host, such as docker.io or registry.k8s.io`,
      ),
    ...MIRROR_BY_REGISTRY.problems(given, path),
  ],
};

export const IMAGE_POLICY = object<ImagePolicy>({
  mirrors: optional(MIRRORS),
  allowed: optional(
    list(text("a registry with a path if any, such as 'quay.io/prometheus'", MIRROR), 'a list of registries'),
  ),
  reachable: optional(list(text("a registry's host, such as '*.dkr.ecr.eu-west-1.amazonaws.com'"), 'a list of hosts')),
  pin: optional(oneOf('tag', 'digest')),
});

/** Sets the policy of every workload below `scope`. */
export function provideImagePolicy(scope: IConstruct, policy: ImagePolicy): void {
  policies.set(scope, policy);
}

/** The policy of the nearest scope that has one; an empty one where none was provided. */
export function imagePolicy(scope: IConstruct): ImagePolicy {
  const provider = scope.node.scopes.findLast((one) => policies.has(one));
  return (provider && policies.get(provider)) ?? {};
}

/** The image to pull instead of `image`. */
export function mirrored({ mirrors = {} }: ImagePolicy, image: string): string {
  const parsed = Token.isUnresolved(image) ? undefined : parseImage(image);
  const mirror = parsed && mirrors[parsed.registry];
  return parsed ? formatImage({ ...parsed, registry: mirror ?? parsed.registry }) : image;
}

/** The problems of an image under a policy. One that is known only after apply is not examined. */
export function imageProblems(policy: ImagePolicy, prop: string, image: string): readonly Problem[] {
  if (Token.isUnresolved(image)) return [];
  const parsed = parseImage(image);
  if (!parsed)
    return [
      `${prop} '${image}' is not a valid image: write it like registry/repository:tag, optionally with @sha256:...`,
    ];
  const pulled = mirrored(policy, image);
  return [
    isMutable(parsed) && {
      code: 'mutable-image',
      problem: `${prop} '${image}' can change under the same name: give it a version's tag, or a digest`,
    },
    policy.pin === 'digest' &&
      !parsed.digest && {
        code: 'image-without-digest',
        problem: `${prop} '${image}' has no digest, which images.pin 'digest' requires: append @sha256:...`,
      },
    policy.allowed !== undefined &&
      !policy.allowed.some(
        (start) => pulled === start || pulled.startsWith(start.endsWith('/') ? start : `${start}/`),
      ) && {
        code: 'image-not-allowed',
        problem: `${prop} '${pulled}' comes from none of ${policy.allowed.join(', ') || '(no registry is allowed)'}: mirror it in one of them with images.mirrors, or add its registry to images.allowed`,
      },
    reachabilityProblem(policy, prop, image),
  ];
}

function reachabilityProblem({ reachable, ...policy }: ImagePolicy, prop: string, image: string): Problem {
  const pulled = mirrored(policy, image);
  const registry = parseImage(pulled)?.registry;
  if (!reachable || registry === undefined || reachable.some((host) => matchesHost(host, registry))) return false;
  const source = parseImage(image)?.registry;
  const remedy =
    reachable.length > 0
      ? `set images.mirrors['${source}'] to a pull-through cache or a copy in ${reachable.join(' or ')}`
      : 'list it in images.reachable, which is empty, if they can';
  return {
    code: 'unreachable-image',
    problem: `${prop} '${pulled}' is in a registry that nodes without internet access cannot reach: ${remedy}`,
  };
}

/** `*` is the first part of a host. */
function matchesHost(host: string, registry: string): boolean {
  return host.startsWith('*.') ? registry.replace(/^[^.]*/, '*') === host : registry === host;
}

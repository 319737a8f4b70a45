import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { Problem } from '../core/check';
import { formatImage, isMutable, parseImage } from './image-ref';

/** By the construct that it was provided on. A stack has children already, which rules cdktf's context out. */
const policies = new WeakMap<IConstruct, ImagePolicy>();

/** Where images come from. */
export interface ImagePolicy {
  /**
   * By registry, what to pull from instead: `{ 'docker.io': '123456789012.dkr.ecr.eu-west-1.amazonaws.com/docker-hub' }`.
   * The repository's path, tag and digest stay.
   * @default each image's own registry
   */
  readonly mirrors?: Readonly<Record<string, string>>;
  /**
   * Where images may come from, mirrors applied: registries, or the beginnings of paths, such as
   * `quay.io/prometheus`.
   * @default anywhere
   */
  readonly allowed?: readonly string[];
  /**
   * Whether a version tag will do, or an image must name its digest.
   * @default 'tag'
   */
  readonly pin?: 'tag' | 'digest';
}

/** Sets the policy of every workload below `scope`. */
export function provideImagePolicy(scope: IConstruct, policy: ImagePolicy): void {
  policies.set(scope, policy);
}

/** The policy that holds here; an empty one where none was provided. */
export function imagePolicy(scope: IConstruct): ImagePolicy {
  const provider = scope.node.scopes.findLast((one) => policies.has(one));
  return (provider && policies.get(provider)) ?? {};
}

/** The image to pull for the one that is meant. */
export function mirrored({ mirrors = {} }: ImagePolicy, image: string): string {
  const parsed = Token.isUnresolved(image) ? undefined : parseImage(image);
  const mirror = parsed && mirrors[parsed.registry];
  return parsed ? formatImage({ ...parsed, registry: mirror ?? parsed.registry }) : image;
}

/** What is wrong with an image under a policy. An image that Terraform has yet to compute is not looked at. */
export function imageProblems(policy: ImagePolicy, prop: string, image: string): readonly Problem[] {
  if (Token.isUnresolved(image)) return [];
  const parsed = parseImage(image);
  if (!parsed)
    return [`${prop} '${image}' is no image: write it like registry/repository:tag, with or without @sha256:...`];
  const pulled = mirrored(policy, image);
  return [
    isMutable(parsed) && {
      code: 'mutable-image',
      problem: `${prop} '${image}' can change under the same name: give it a version's tag, or a digest`,
    },
    policy.pin === 'digest' &&
      !parsed.digest && {
        code: 'image-without-digest',
        problem: `${prop} '${image}' has no digest: append @sha256:...`,
      },
    policy.allowed !== undefined &&
      !policy.allowed.some(
        (start) => pulled === start || pulled.startsWith(start.endsWith('/') ? start : `${start}/`),
      ) && {
        code: 'image-not-allowed',
        problem: `${prop} '${pulled}' comes from none of ${policy.allowed.join(', ')}: mirror it, or allow its registry`,
      },
  ];
}

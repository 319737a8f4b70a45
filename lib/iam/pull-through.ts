import type { AwsContext } from '../core/aws-context';
import type { Statement } from './policy-document';

/** `<account>.dkr.ecr.<region>.<suffix>/<prefix>`, or `<account>.dkr-ecr.<region>.on.aws/<prefix>`. */
const CACHE_URL = /^(\d{12})\.dkr[.-]ecr\.([a-z0-9-]+)\.[a-z0-9.-]+\/([a-z0-9][a-z0-9._/-]*[a-z0-9])$/;

/**
 * The mirrors of an image policy that nodes may import images through: those in ECR, below a prefix.
 * @returns undefined if there is none
 */
export function pullThroughMirrors(
  images: { readonly mirrors?: Readonly<Record<string, string>> } | null | undefined,
): readonly string[] | undefined {
  const caches = Object.values(images?.mirrors ?? {}).filter((url) => CACHE_URL.test(url));
  return caches.length > 0 ? caches : undefined;
}

/**
 * ARN pattern of the repositories behind the URL of a pull-through cache.
 * @returns undefined for another URL
 */
export function pullThroughCacheArn(url: string, { partition }: Pick<AwsContext, 'partition'>): string | undefined {
  const [, account, region, prefix] = CACHE_URL.exec(url) ?? [];
  return prefix && `arn:${partition}:ecr:${region}:${account}:repository/${prefix}/*`;
}

/**
 * What the first pull of an image through a cache requires, in addition to pulling: ECR creates and tags its repository.
 * Sources: "IAM permissions required to sync an upstream registry with an Amazon ECR private registry",
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html; "Creation templates break pull
 * through cache if there is any Resource Tags set", https://github.com/aws/containers-roadmap/issues/2398
 */
export function importStatement(repositoryArns: readonly string[]): Statement {
  return {
    actions: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository', 'ecr:TagResource'],
    resources: repositoryArns,
  };
}

import { EcrRegistryPolicy } from '@cdktf/provider-aws/lib/ecr-registry-policy';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import { list, object, ref } from '../core/shape';
import { policyDocument, type Statement } from '../iam/policy-document';
import { accountPrincipals } from '../iam/statements';
import type { PullThroughCache } from './pull-through';
import { claimSingleton } from './singleton';

export interface RegistryPolicyProps {
  /** Caches through which the accounts in their `pullAccounts` may import images that are not cached yet. */
  readonly pullThroughCaches: readonly PullThroughCache[];
}

const REGISTRY_POLICY_PROPS = object<RegistryPolicyProps>({
  pullThroughCaches: list(ref<PullThroughCache>('a cache, such as new PullThroughCache(...)')),
});

/**
 * Permissions of other accounts on a whole registry. An account has one registry per region, and a registry has one
 * policy: declare it once, and move statements that were set elsewhere, which it overwrites, before.
 * Source: "Granting registry permissions for pull through cache in Amazon ECR",
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions-create-pullthroughcache.html
 */
export class RegistryPolicy extends Construct {
  readonly policy: EcrRegistryPolicy;

  constructor(scope: Construct, id: string, props: RegistryPolicyProps) {
    super(scope, id);
    checkProps(this, props, REGISTRY_POLICY_PROPS);
    const { account, region } = awsContext(this);
    const caches = props.pullThroughCaches
      .filter(({ pullAccounts }) => pullAccounts.length > 0)
      .sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
    check(
      this,
      claimSingleton(this, `the registry policy of account ${account} in ${region}`),
      caches.length === 0 &&
        'pullThroughCaches has no cache with pullAccounts, so nothing would be allowed: set pullAccounts on one of them, or remove the policy',
    );

    this.policy = new EcrRegistryPolicy(this, 'policy', {
      policy: policyDocument(...caches.map((cache) => this.allowImports(cache))),
    });
  }

  /** The roles also need `pullStatements`, except `ecr:TagResource`, which a registry policy may not contain. */
  private allowImports({ prefix, pullAccounts, repositoriesArn }: PullThroughCache): Statement {
    return {
      sid: `ImportThrough${prefix.replaceAll(/(?:^|[^a-z0-9]+)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}`,
      principals: accountPrincipals(awsContext(this), ...pullAccounts),
      actions: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'],
      resources: [repositoriesArn],
    };
  }
}

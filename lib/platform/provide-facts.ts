import type { IConstruct } from 'constructs';
import { provideImagePolicy } from '../kubernetes/image-policy';
import { provideTrafficPeers } from '../kubernetes/traffic-peers';
import type { EnvironmentFacts } from './facts';

/** Applies the environment's image policy and traffic peers to all workloads below `scope`. */
export function provideFacts(scope: IConstruct, facts: EnvironmentFacts): void {
  provideImagePolicy(scope, facts.images);
  provideEnvironmentPeers(scope, facts);
}

/** Who scrapes an environment's workloads, and who sends them requests. */
export function provideEnvironmentPeers(
  scope: IConstruct,
  { ingress, monitoring }: Pick<EnvironmentFacts, 'ingress' | 'monitoring'>,
): void {
  provideTrafficPeers(scope, {
    scrapers: [{ namespace: monitoring.namespace }],
    requestSources: [{ namespace: ingress.namespace }],
  });
}

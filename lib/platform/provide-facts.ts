import type { IConstruct } from 'constructs';
import { provideImagePolicy } from '../kubernetes/image-policy';
import { provideTrafficPeers } from '../kubernetes/traffic-peers';
import type { EnvironmentFacts } from './facts';

/** Applies to every workload below `scope` what the environment says of all of them. */
export function provideFacts(scope: IConstruct, { images, ingress, monitoring }: EnvironmentFacts): void {
  provideImagePolicy(scope, images);
  provideTrafficPeers(scope, {
    scrapers: [{ namespace: monitoring.namespace }],
    requestSources: [{ namespace: ingress.namespace }],
  });
}

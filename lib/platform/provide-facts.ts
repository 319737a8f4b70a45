import type { IConstruct } from 'constructs';
import { provideImagePolicy } from '../kubernetes/image-policy';
import type { EnvironmentFacts } from './facts';

/** Applies to every workload below `scope` what the environment says of all of them. */
export function provideFacts(scope: IConstruct, { images }: EnvironmentFacts): void {
  provideImagePolicy(scope, images);
}

import type { Construct } from 'constructs';
import { acknowledgeAll } from '../core/acknowledge';
import { AwsStack } from '../core/aws-stack';
import { check } from '../core/check';
import { addOnProblems } from '../platform/add-on-order';
import type { EnvironmentFacts } from '../platform/facts';
import { provideFacts } from '../platform/provide-facts';
import { environmentData } from './environment-data';
import { factsOf } from './environment-facts';
import { environmentProblems } from './environment-problems';
import type { EnvironmentProps } from './environment-props';
import { requestProblems } from './settings';

/** Base of an environment's stacks: account, region, tags, acknowledgements, and validated data. */
export class EnvironmentStack extends AwsStack {
  readonly facts: EnvironmentFacts;
  protected readonly props: EnvironmentProps;

  constructor(scope: Construct, id: string, given: EnvironmentProps) {
    const props = environmentData(given);
    super(scope, id, { ...props, tags: { ...props.tags, environment: props.name } });
    this.props = props;
    acknowledgeAll(this, props.acknowledge);
    check(this, ...environmentProblems(props), ...addOnProblems(props.addOns ?? []), ...requestProblems(props));
    this.facts = factsOf(props);
    provideFacts(this, this.facts);
  }
}

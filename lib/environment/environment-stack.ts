import type { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { AwsStack } from '../core/aws-stack';
import { check } from '../core/check';
import { environmentProblems } from './environment-problems';
import type { EnvironmentProps } from './environment-props';

/** What the stacks of an environment have in common: its place, its tags, its exceptions, and data that has been checked. */
export class EnvironmentStack extends AwsStack {
  constructor(
    scope: Construct,
    id: string,
    protected readonly props: EnvironmentProps,
  ) {
    super(scope, id, { ...props, tags: { ...props.tags, environment: props.name } });
    for (const [code, reason] of Object.entries(props.acknowledge ?? {})) acknowledge(this, code, reason);
    check(this, ...environmentProblems(props));
  }
}

import type { App } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { check } from '../core/check';
import { ifSelected } from '../core/selection';
import { neighbourProblems } from './environment-problems';
import type { EnvironmentProps } from './environment-props';
import { InfrastructureStack } from './infrastructure-stack';

const environmentsByApp = new WeakMap<App, EnvironmentProps[]>();

/**
 * An environment's stacks. Only those that the command asks for are built; the others cost nothing.
 */
export class Environment extends Construct {
  /** Undefined where the command names other stacks. */
  readonly infrastructure?: InfrastructureStack;

  constructor(app: App, props: EnvironmentProps) {
    super(app, props.name);
    for (const [code, reason] of Object.entries(props.acknowledge ?? {})) acknowledge(this, code, reason);
    const neighbours = environmentsByApp.get(app) ?? [];
    environmentsByApp.set(app, [...neighbours, props]);
    check(this, ...neighbours.flatMap((other) => neighbourProblems(props, other)));

    this.infrastructure = ifSelected(
      app,
      { stack: `${props.name}-infrastructure`, environment: props.name },
      () => new InfrastructureStack(app, `${props.name}-infrastructure`, props),
    );
  }
}

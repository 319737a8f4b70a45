import type { App } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledgeAll } from '../core/acknowledge';
import { check, checkData } from '../core/check';
import { perApp } from '../core/claims';
import { FACTS_VARIABLE } from '../core/facts-variable';
import { buildIfSelected } from '../core/selection';
import { isStackId } from '../core/stack-id';
import { environmentData } from './environment-data';
import { environmentConflicts, environmentNameProblem, sameNameProblem } from './environment-problems';
import type { EnvironmentProps } from './environment-props';
import { InfrastructureStack } from './infrastructure-stack';
import { PlatformStack } from './platform-stack';
import { writeFacts } from './write-facts';

const environments = perApp<EnvironmentProps[]>(() => []);

/** An environment's stacks. Only selected stacks are built. */
export class Environment extends Construct {
  /** Undefined if the stack is not selected. */
  readonly infrastructure?: InfrastructureStack;
  /** Undefined if the stack is not selected. Empty without add-ons: removing the last one must still destroy it. */
  readonly platform?: PlatformStack;

  constructor(app: App, given: EnvironmentProps) {
    const props = environmentData(given);
    const others = [...environments(app)];
    // `constructs` throws on duplicate ids, and cdktf on others.
    checkData(props.name, !isStackId(props.name) && environmentNameProblem(props), sameNameProblem(props, others));
    super(app, props.name);
    acknowledgeAll(this, props.acknowledge);
    environments(app).push(props);
    check(this, ...others.flatMap((other) => environmentConflicts(props, other)));

    const build = <T>(layer: string, create: (id: string) => T) =>
      buildIfSelected(app, { stack: `${props.name}-${layer}`, environment: props.name }, () =>
        create(`${props.name}-${layer}`),
      );
    this.infrastructure = build('infrastructure', (id) => new InfrastructureStack(app, id, props));
    const directory = process.env[FACTS_VARIABLE];
    if (this.infrastructure && directory) writeFacts(this, directory, this.infrastructure.facts);
    this.platform = build('platform', (id) => new PlatformStack(app, id, props));
    if (this.infrastructure) this.platform?.addDependency(this.infrastructure);
  }
}

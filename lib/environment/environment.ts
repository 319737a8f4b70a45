import type { App } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledgeAll } from '../core/acknowledge';
import { check, checkData } from '../core/check';
import { perApp } from '../core/claims';
import { buildIfSelected } from '../core/selection';
import { dataProblems } from './data-problems';
import { environmentConflicts, sameNameProblem } from './environment-problems';
import type { EnvironmentProps } from './environment-props';
import { InfrastructureStack } from './infrastructure-stack';
import { PlatformStack } from './platform-stack';
import { writeFactsIfRequested } from './write-facts';

const environments = perApp<EnvironmentProps[]>(() => []);

/**
 * An environment's stacks. Only those that the command asks for are built; the others cost nothing.
 */
export class Environment extends Construct {
  /** Undefined where the command names other stacks. */
  readonly infrastructure?: InfrastructureStack;
  /** Undefined where the command names other stacks, or no add-on lives inside the cluster. */
  readonly platform?: PlatformStack;

  constructor(app: App, props: EnvironmentProps) {
    const others = [...environments(app)];
    super(app, nameOf(props, others));
    acknowledgeAll(this, props.acknowledge);
    environments(app).push(props);
    check(this, ...others.flatMap((other) => environmentConflicts(props, other)));

    const build = <T>(layer: string, make: (id: string) => T) =>
      buildIfSelected(app, { stack: `${props.name}-${layer}`, environment: props.name }, () =>
        make(`${props.name}-${layer}`),
      );
    this.infrastructure = build('infrastructure', (id) => new InfrastructureStack(app, id, props));
    if (this.infrastructure) writeFactsIfRequested(this, this.infrastructure.facts);
    if (!props.addOns?.some(({ platform }) => platform)) return;
    this.platform = build('platform', (id) => new PlatformStack(app, id, props));
    if (this.infrastructure) this.platform?.addDependency(this.infrastructure);
  }
}

/** The name, once it is known to be one, and nobody else's: constructs of one id cannot even be made. */
function nameOf(props: EnvironmentProps, others: readonly EnvironmentProps[]): string {
  checkData(props.name || 'environment', ...dataProblems(props));
  checkData(props.name, sameNameProblem(props, others));
  return props.name;
}

import type { CronJobV1Config } from '@cdktf/provider-kubernetes/lib/cron-job-v1';
import type { DaemonSetV1Config } from '@cdktf/provider-kubernetes/lib/daemon-set-v1';
import type { DeploymentV1Config } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { StatefulSetV1Config } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';
import { TerraformResource, Token } from 'cdktf';
import type { Construct } from 'constructs';

/** What holds pods, by its Terraform type. */
interface PodControllerConfigs {
  readonly kubernetes_cron_job_v1: CronJobV1Config;
  readonly kubernetes_daemon_set_v1: DaemonSetV1Config;
  readonly kubernetes_deployment_v1: DeploymentV1Config;
  readonly kubernetes_stateful_set_v1: StatefulSetV1Config;
}

export type PodControllerType = keyof PodControllerConfigs;

/**
 * One of the resources that hold pods, typed as the provider's class and written to Terraform as that class writes it. The
 * classes themselves take 60 ms each to load, as long as all others of an environment together.
 */
export class PodController<T extends PodControllerType = PodControllerType> extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    type: T,
    readonly config: PodControllerConfigs[T],
  ) {
    super(scope, id, {
      terraformResourceType: type,
      terraformGeneratorMetadata: { providerName: 'kubernetes' },
      ...config,
    });
  }

  /** The object's name: a reference, so that whoever uses it comes after it. */
  get id(): string {
    return this.getStringAttribute('id');
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return toTerraform(this.config) as Record<string, unknown>;
  }
}

/** Maps of the user's own keys, which are not attributes. */
const MAPS = new Set(['annotations', 'labels', 'limits', 'matchLabels', 'nodeSelector', 'requests']);

/** Attributes are snake_case in Terraform. */
function toTerraform(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toTerraform);
  if (value === null || typeof value !== 'object' || Token.isUnresolved(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [snakeCase(key), MAPS.has(key) ? item : toTerraform(item)]),
  );
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

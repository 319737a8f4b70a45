import type { CronJobV1Config } from '@cdktf/provider-kubernetes/lib/cron-job-v1';
import type { DaemonSetV1Config } from '@cdktf/provider-kubernetes/lib/daemon-set-v1';
import type { DeploymentV1Config } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { JobV1Config } from '@cdktf/provider-kubernetes/lib/job-v1';
import type { StatefulSetV1Config } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';
import { TerraformResource, Token } from 'cdktf';
import type { Construct } from 'constructs';

/** The configuration of a controller, by its Terraform type. */
export interface PodControllerConfigs {
  readonly kubernetes_cron_job_v1: CronJobV1Config;
  readonly kubernetes_daemon_set_v1: DaemonSetV1Config;
  readonly kubernetes_deployment_v1: DeploymentV1Config;
  readonly kubernetes_job_v1: JobV1Config;
  readonly kubernetes_stateful_set_v1: StatefulSetV1Config;
}

export type PodControllerType = keyof PodControllerConfigs;

/**
 * One of the resources that run pods, typed like the provider's class and synthesized like it. The classes themselves take
 * 60 ms each to load, as long as all others of an environment together.
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

  /** A reference: what uses it is created after the pods are ready. */
  get id(): string {
    return this.getStringAttribute('id');
  }

  /** The object's name, as a reference. */
  get objectName(): string {
    return this.getStringAttribute('metadata[0].name');
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    // Written by the base class, as all meta-arguments.
    const { lifecycle: _, ...attributes } = this.config;
    return toTerraform(attributes) as Record<string, unknown>;
  }
}

/** Maps with arbitrary keys, which are not attributes. */
const MAPS = new Set(['annotations', 'labels', 'limits', 'matchLabels', 'nodeSelector', 'requests']);

/** Attributes are snake_case in Terraform. */
function toTerraform(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toTerraform);
  if (value === null || typeof value !== 'object' || Token.isUnresolved(value)) return value;
  const attributes: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) attributes[snakeCase(key)] = MAPS.has(key) ? item : toTerraform(item);
  }
  return attributes;
}

const snakeCases = new Map<string, string>();

function snakeCase(key: string): string {
  const known = snakeCases.get(key);
  if (known !== undefined) return known;
  const attribute = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeCases.set(key, attribute);
  return attribute;
}

import type { CronJobV1Config } from '@cdktf/provider-kubernetes/lib/cron-job-v1';
import type { DaemonSetV1Config } from '@cdktf/provider-kubernetes/lib/daemon-set-v1';
import type { DeploymentV1Config } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { JobV1Config } from '@cdktf/provider-kubernetes/lib/job-v1';
import type { StatefulSetV1Config } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';
import { LightResource } from '../../core/light-resource';

/** The configuration of a controller, by its Terraform type. */
export interface PodControllerConfigs {
  readonly kubernetes_cron_job_v1: CronJobV1Config;
  readonly kubernetes_daemon_set_v1: DaemonSetV1Config;
  readonly kubernetes_deployment_v1: DeploymentV1Config;
  readonly kubernetes_job_v1: JobV1Config;
  readonly kubernetes_stateful_set_v1: StatefulSetV1Config;
}

export type PodControllerType = keyof PodControllerConfigs;

/** One of the resources that run pods. */
export class PodController<T extends PodControllerType = PodControllerType> extends LightResource<
  PodControllerConfigs[T]
> {
  /** The object's name, as a reference. */
  get objectName(): string {
    return this.getStringAttribute('metadata[0].name');
  }
}

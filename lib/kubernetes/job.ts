import type { Construct } from 'constructs';
import type { JobController } from './controllers/job';
import { Workload, type WorkloadProps } from './workload';

export interface JobProps extends Omit<WorkloadProps, 'controller'>, Omit<JobController, 'kind'> {}

/**
 * A `Workload` whose pods run once, while Terraform waits: a migration, a check of a release. What must come after it depends on
 * `job.workload`.
 */
export class Job extends Workload {
  constructor(scope: Construct, id: string, { deadlineSeconds, retries, runId, ...pods }: JobProps) {
    super(scope, id, { ...pods, controller: { kind: 'job', deadlineSeconds, retries, runId } });
  }
}

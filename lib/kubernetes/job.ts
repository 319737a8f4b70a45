import type { Construct } from 'constructs';
import { checkData } from '../core/check';
import { object, shapeProblems } from '../core/shape';
import { JOB_CONTROLLER, type JobController } from './controllers/job';
import { Workload, WORKLOAD_PROPS, WORKLOAD_RENAMED, type WorkloadProps } from './workload';

export interface JobProps extends Omit<WorkloadProps, 'controller'>, Omit<JobController, 'kind'> {}

const { controller: _controller, ...podShapes } = WORKLOAD_PROPS.shapes;
const { kind: _kind, ...runShapes } = JOB_CONTROLLER.shapes;

export const JOB_PROPS = object<JobProps>({ ...podShapes, ...runShapes }, { renamed: WORKLOAD_RENAMED });

/**
 * A `Workload` whose pods run once, while Terraform waits: a migration, a check of a release. What must come after it depends on
 * `job.workload`.
 */
export class Job extends Workload {
  constructor(scope: Construct, id: string, props: JobProps) {
    // Of the flat props, before they are those of a workload.
    checkData(`${scope.node.path}/${id}`, ...shapeProblems(props, JOB_PROPS));
    const { deadlineSeconds, retries, runId, ...pods } = props;
    super(scope, id, { ...pods, controller: { kind: 'job', deadlineSeconds, retries, runId } });
  }
}

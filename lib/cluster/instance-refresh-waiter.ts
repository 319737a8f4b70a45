import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { TerraformData } from '../core/terraform-data';
import type { NodeLaunchTemplate } from './node-launch-template';

export interface InstanceRefreshWaiterProps {
  readonly autoScalingGroupName: string;
  readonly launchTemplate: NodeLaunchTemplate;
  readonly timeoutMinutes: number;
  /** The Auto Scaling group: updating it starts the instance refresh. */
  readonly after: ITerraformDependable;
}

const POLL_SECONDS = 15;

/**
 * Waits for the instance refresh that a new launch template version starts in an Auto Scaling group, and fails if the
 * refresh fails: Terraform itself only starts it. Dependents, such as the next zone, are then not updated. The failed
 * waiter is tainted and polls again at the next apply.
 *
 * Requires the AWS CLI where Terraform runs, with its own credentials and `autoscaling:DescribeInstanceRefreshes`,
 * except when the groups are first created.
 */
export class InstanceRefreshWaiter extends TerraformData {
  constructor(scope: Construct, id: string, props: InstanceRefreshWaiterProps) {
    const { version } = props.launchTemplate;
    super(
      scope,
      id,
      { triggers_replace: [version] },
      {
        dependsOn: [props.after],
        lifecycle: { createBeforeDestroy: true },
        provisioners: [
          {
            type: 'local-exec',
            interpreter: ['/bin/sh', '-c'],
            command: AWAIT_REFRESH,
            // Lower case: cdktf rewrites the keys to snake_case.
            environment: {
              group: props.autoScalingGroupName,
              region: awsContext(scope).region,
              template_version: version,
              timeout_seconds: String(props.timeoutMinutes * 60),
              poll_seconds: String(POLL_SECONDS),
            },
          },
        ],
      },
    );
  }
}

/**
 * Shell without `${`, which Terraform would interpolate. Everything that replaces nodes creates a new version of the
 * launch template, so at version 1 there is nothing to wait for and AWS is not called. A running refresh has no
 * EndTime; of the finished ones the last to end counts. A group created later has none.
 */
export const AWAIT_REFRESH = `set -eu
if [ "$template_version" = 1 ]; then exit 0; fi
if ! command -v aws >/dev/null; then
  echo "The AWS CLI is needed to see whether $group has replaced its nodes: install it and apply again." >&2
  exit 1
fi
fail() {
  echo "$group: $1. Later zones are left as they are. See why with: aws autoscaling describe-instance-refreshes --region $region --auto-scaling-group-name $group" >&2
  exit 1
}
export AWS_PAGER=
waited=0
while :; do
  set -- $(aws autoscaling describe-instance-refreshes --region "$region" --auto-scaling-group-name "$group" --no-paginate --output text --query '[InstanceRefreshes[?!EndTime].Status | [0], sort_by(InstanceRefreshes[?EndTime], &EndTime)[-1].Status]')
  if [ "$#" -ne 2 ]; then fail "the AWS CLI did not say how the instance refresh stands"; fi
  case "$1" in
    None)
      case "$2" in
        None | Successful) exit 0 ;;
        *) fail "the instance refresh ended as $2" ;;
      esac ;;
    Failed | Cancelled | RollbackFailed | RollbackSuccessful) fail "the instance refresh ended as $1" ;;
  esac
  if [ "$waited" -ge "$timeout_seconds" ]; then fail "the instance refresh is $1 after $timeout_seconds seconds"; fi
  echo "$group: the instance refresh is $1"
  sleep "$poll_seconds"
  waited=$((waited + poll_seconds))
done
`;

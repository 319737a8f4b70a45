import { AutoscalingAttachment } from '@cdktf/provider-aws/lib/autoscaling-attachment';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { formerly } from '../core/formerly';
import { literalText } from '../core/literal-text';
import { replacementName } from '../core/naming';
import { anyText, list, literal, number, object, oneOf, optional, text } from '../core/shape';
import type { VpcRef } from '../network/vpc-ref';
import type { TrafficContract } from './traffic-contract';

/** An Auto Scaling group, of a managed or self-managed node group, whose instances receive requests. */
export interface AutoScalingTarget {
  /** Part of the attachment's state address: the node group's name. */
  readonly key: string;
  /**
   * The key until now, of a node group that was renamed.
   * @default none
   */
  readonly formerKey?: string;
  readonly autoScalingGroupName: string;
}

/** Instances behind the load balancer that listen on one NodePort. */
export interface TargetGroupOptions {
  /** Referenced by rules. */
  readonly key: string;
  /** @default the traffic contract's `httpNodePort` */
  readonly nodePort?: number;
  /** @default the traffic contract's `healthCheckNodePort` */
  readonly healthCheckNodePort?: number;
  /**
   * Load balancing algorithm. `weighted_random` also sends less to targets that return errors.
   * @default 'round_robin'
   */
  readonly algorithm?: 'round_robin' | 'least_outstanding_requests' | 'weighted_random';
  /**
   * Duration over which a new target's share ramps up, 30 to 900 seconds; only with `round_robin`.
   * @default no slow start
   */
  readonly slowStartSeconds?: number;
  /** @default the load balancer's `targets` */
  readonly targets?: readonly AutoScalingTarget[];
}

/** Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html */
const GROUP_NAME = text('the name of an Auto Scaling group, without colons', /^[^:]+$/);

const AUTO_SCALING_TARGET = object<AutoScalingTarget>({
  key: literal(text()),
  formerKey: optional(literal(text())),
  autoScalingGroupName: GROUP_NAME,
});

export const TARGETS = list(AUTO_SCALING_TARGET);

export const TARGET_GROUP_OPTIONS = object<TargetGroupOptions>(
  {
    key: literal(anyText),
    nodePort: optional(number),
    healthCheckNodePort: optional(number),
    algorithm: optional(oneOf('round_robin', 'least_outstanding_requests', 'weighted_random')),
    slowStartSeconds: optional(number),
    targets: optional(TARGETS),
  },
  { renamed: { pingNodePort: 'healthCheckNodePort' } },
);

export interface TargetGroupProps extends TargetGroupOptions {
  /** Prefix of the target group's name. */
  readonly name: string;
  readonly vpc: VpcRef;
  readonly traffic: TrafficContract;
}

/**
 * A target group of instances. A changed port creates a new one alongside the old: it is attached first, then the rules
 * switch to it, then the old one is deleted. Its instances are registered later, so requests fail until they are healthy:
 * change a port with `additionalNodePorts` of the traffic contract.
 */
export class TargetGroup extends Construct {
  readonly targetGroup: LbTargetGroup;
  readonly arn: string;
  /** Dependencies of rules, so that no requests are sent to an empty target group. */
  readonly attachments: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: TargetGroupProps) {
    super(scope, id);
    literalText(this);
    this.targetGroup = this.addTargetGroup(props);
    this.arn = this.targetGroup.arn;
    this.attachments = (props.targets ?? []).map((target) => this.addAttachment(target));
  }

  private addTargetGroup({ name, key, vpc, traffic, ...props }: TargetGroupProps): LbTargetGroup {
    const replacing = { port: props.nodePort ?? traffic.httpNodePort, protocol: 'HTTP', targetType: 'instance' };
    const targetGroup = new LbTargetGroup(this, 'target-group', {
      name: replacementName('target-group', `${name}-${key}`, [...Object.values(replacing), vpc.vpcId, vpc.cidr]),
      ...replacing,
      vpcId: vpc.vpcId,
      deregistrationDelay: String(traffic.deregistrationDelaySeconds),
      loadBalancingAlgorithmType: props.algorithm ?? 'round_robin',
      loadBalancingAnomalyMitigation: props.algorithm === 'weighted_random' ? 'on' : undefined,
      slowStart: props.slowStartSeconds,
      stickiness: { type: 'lb_cookie', enabled: false },
      healthCheck: {
        protocol: 'HTTP',
        port: String(props.healthCheckNodePort ?? traffic.healthCheckNodePort),
        path: traffic.healthCheckPath,
        matcher: '200',
        interval: traffic.healthCheckIntervalSeconds,
        timeout: traffic.healthCheckTimeoutSeconds,
        healthyThreshold: traffic.healthyThreshold,
        unhealthyThreshold: traffic.unhealthyThreshold,
      },
      // A target group in use cannot be deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    acknowledge(
      targetGroup,
      'CKV_AWS_378',
      'TLS ends at the load balancer; the NodePort takes nothing but from its security group',
    );
    return targetGroup;
  }

  private addAttachment({ key, formerKey, autoScalingGroupName }: AutoScalingTarget): AutoscalingAttachment {
    const attachment = new AutoscalingAttachment(this, attachmentId(key), {
      autoscalingGroupName: autoScalingGroupName,
      lbTargetGroupArn: this.arn,
      // The instances stay in the old target group until no rule uses it.
      lifecycle: { createBeforeDestroy: true },
    });
    formerly(attachment, formerKey && attachmentId(formerKey));
    acknowledge(
      attachment,
      'CKV2_AWS_15',
      'a machine is not broken because its ingress does not run yet: it would be replaced for ever',
    );
    return attachment;
  }
}

function attachmentId(key: string): string {
  return `attachment-${key}`;
}

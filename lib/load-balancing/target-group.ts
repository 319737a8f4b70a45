import { AutoscalingAttachment } from '@cdktf/provider-aws/lib/autoscaling-attachment';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { replacementName } from '../core/naming';
import type { VpcRef } from '../network/vpc-ref';
import type { TrafficContract } from './traffic-contract';

/** An Auto Scaling group, of ours or a managed node group's, whose machines take requests. */
export interface AutoScalingTarget {
  /** Names the attachment's state address: the node group's name. */
  readonly key: string;
  readonly autoScalingGroupName: string;
}

/** Machines behind the load balancer that listen on one NodePort. */
export interface TargetGroupOptions {
  /** By which rules refer to it. */
  readonly key: string;
  /** @default the traffic contract's `httpNodePort` */
  readonly nodePort?: number;
  /** @default the traffic contract's `healthCheckNodePort` */
  readonly healthCheckNodePort?: number;
  /**
   * How the next target is chosen. `weighted_random` also sends less to targets that answer with errors.
   * @default 'round_robin'
   */
  readonly algorithm?: 'round_robin' | 'least_outstanding_requests' | 'weighted_random';
  /**
   * Seconds over which a new target's share grows, 30 to 900; only with `round_robin`.
   * @default a full share at once
   */
  readonly slowStartSeconds?: number;
  /** @default the load balancer's `targets` */
  readonly targets?: readonly AutoScalingTarget[];
}

export interface TargetGroupProps extends TargetGroupOptions {
  /** What the name starts with. */
  readonly name: string;
  readonly vpc: VpcRef;
  readonly traffic: TrafficContract;
}

/**
 * A target group of instances. Another port makes a new one beside the old: its machines are registered first, then the
 * rules move to it, then the old one goes.
 */
export class TargetGroup extends Construct {
  readonly targetGroup: LbTargetGroup;
  readonly arn: string;
  /** What a rule waits for, so that it never sends requests to a group without machines. */
  readonly attachments: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: TargetGroupProps) {
    super(scope, id);
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
      // The group in use cannot be deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    acknowledge(
      targetGroup,
      'CKV_AWS_378',
      'TLS ends at the load balancer; the NodePort takes nothing but from its security group',
    );
    return targetGroup;
  }

  private addAttachment({ key, autoScalingGroupName }: AutoScalingTarget): AutoscalingAttachment {
    const attachment = new AutoscalingAttachment(this, `attachment-${key}`, {
      autoscalingGroupName: autoScalingGroupName,
      lbTargetGroupArn: this.arn,
      // The machines stay in the old group until the rules have left it.
      lifecycle: { createBeforeDestroy: true },
    });
    acknowledge(
      attachment,
      'CKV2_AWS_15',
      'a machine is not broken because its ingress does not run yet: it would be replaced for ever',
    );
    return attachment;
  }
}

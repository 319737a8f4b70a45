import {
  HorizontalPodAutoscalerV2,
  type HorizontalPodAutoscalerV2SpecBehavior as BehaviorBlock,
  type HorizontalPodAutoscalerV2SpecMetric as MetricBlock,
} from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2';
import { Construct } from 'constructs';
import { check, type Problem } from '../core/check';
import { PodController } from './controllers/pod-controller';
import { rangeProblems, type ReplicaRange } from './controllers/replicas';
import { labels, type AppIdentity } from './labels';
import { namespaceId, type NamespaceRef } from './namespace-ref';
import { nameProblem } from './object-name';

/** A controller that is not created here, a chart's for example. */
export interface ScaleTarget {
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly name: string;
  readonly namespace: NamespaceRef;
}

export interface HorizontalPodAutoscalerProps extends ReplicaRange {
  /** `Workload.workload`, whose `replicas` must be a range; or a controller that is not created here. */
  readonly target: PodController | ScaleTarget;
  readonly identity: AppIdentity;
  /** @default identity.instance, or identity.name */
  readonly name?: string;
}

const CPU_PERCENT = 70;
const SCALE_DOWN_AFTER_SECONDS = 300;
/** Kubernetes' own, written out: at once, and at most to the double or four pods more. */
const SCALE_UP: BehaviorBlock['scaleUp'] = [
  {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policy: [
      { type: 'Percent', value: 100, periodSeconds: 15 },
      { type: 'Pods', value: 4, periodSeconds: 15 },
    ],
  },
];
/** Kubernetes would remove all at once. */
const SCALE_DOWN_POLICY = { type: 'Percent', value: 50, periodSeconds: 60 };

const TARGET_KINDS: Readonly<Record<string, ScaleTarget['kind']>> = {
  kubernetes_deployment_v1: 'Deployment',
  kubernetes_stateful_set_v1: 'StatefulSet',
};

/**
 * Sets the number of pods by their load. A `Workload` whose `replicas` is a range has one already, and leaves the number to it:
 * create it by itself for what is not created here.
 */
export class HorizontalPodAutoscaler extends Construct {
  readonly autoscaler: HorizontalPodAutoscalerV2;

  constructor(scope: Construct, id: string, props: HorizontalPodAutoscalerProps) {
    super(scope, id);
    const { target, identity, min, max, name = identity.instance ?? identity.name } = props;
    check(this, nameProblem('name', name), ...targetProblems(target), ...rangeProblems(props));

    const { kind, name: targetName, namespace } = targetOf(target);
    this.autoscaler = new HorizontalPodAutoscalerV2(this, 'autoscaler', {
      metadata: { name, namespace, labels: { ...labels(identity) } },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind, name: targetName },
        minReplicas: min,
        maxReplicas: max,
        metric: metrics(props),
        behavior: {
          scaleUp: SCALE_UP,
          scaleDown: [
            {
              stabilizationWindowSeconds: props.scaleDownAfterSeconds ?? SCALE_DOWN_AFTER_SECONDS,
              selectPolicy: 'Max',
              policy: [SCALE_DOWN_POLICY],
            },
          ],
        },
      },
    });
  }
}

function targetOf(target: PodController | ScaleTarget) {
  if (!(target instanceof PodController)) return { ...target, namespace: namespaceId(target.namespace) };
  return {
    kind: TARGET_KINDS[target.terraformResourceType]!,
    name: target.objectName,
    namespace: target.config.metadata.namespace,
  };
}

function targetProblems(target: PodController | ScaleTarget): readonly Problem[] {
  if (!(target instanceof PodController)) return [];
  const { terraformResourceType: type, config } = target;
  if (!(type in TARGET_KINDS))
    return [`target is a ${type}, which has no replicas: use a deployment or a stateful-set`];
  return [
    !config.lifecycle &&
      `target ${target.node.path} has a fixed number of replicas, which Terraform sets again in each apply: write replicas: { min, max } in its Workload's controller, which creates the autoscaler`,
  ];
}

function metrics({ cpuPercent = CPU_PERCENT, memoryPercent }: ReplicaRange): MetricBlock[] {
  return Object.entries({ cpu: cpuPercent, memory: memoryPercent }).flatMap(([name, averageUtilization]) =>
    averageUtilization === undefined
      ? []
      : [{ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } }],
  );
}

import {
  HorizontalPodAutoscalerV2,
  type HorizontalPodAutoscalerV2SpecBehavior as BehaviorBlock,
  type HorizontalPodAutoscalerV2SpecMetric as MetricBlock,
} from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2';
import { Construct } from 'constructs';
import { check, type Problem } from '../core/check';
import { RANGE_PROPS, rangeProblems, type ReplicaRange } from './controllers/replicas';
import { labels, type AppIdentity } from './labels';
import { namespaceId, type NamespaceRef } from './namespace-ref';
import { nameProblem } from './object-name';
import { unknownProps } from './unknown-props';

/** A controller that is not created here, a chart's for example. */
export interface ScaleTarget {
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly name: string;
  readonly namespace: NamespaceRef;
}

export interface HorizontalPodAutoscalerProps extends ReplicaRange {
  /** A controller that is not created here: a `Workload` has its autoscaler from `replicas: { min, max }`. */
  readonly target: ScaleTarget;
  readonly identity: AppIdentity;
  /** @default identity.instance, or identity.name */
  readonly name?: string;
}

const PROPS: readonly string[] = [...RANGE_PROPS, 'target', 'identity', 'name'];
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

const TARGET_KINDS: readonly ScaleTarget['kind'][] = ['Deployment', 'StatefulSet'];

/**
 * Sets the number of pods by their load. A `Workload` whose `replicas` is a range has one already, and leaves the number to it:
 * create it by itself for what is not created here.
 */
export class HorizontalPodAutoscaler extends Construct {
  readonly autoscaler: HorizontalPodAutoscalerV2;

  constructor(scope: Construct, id: string, props: HorizontalPodAutoscalerProps) {
    super(scope, id);
    const { target, identity, min, max, name = identity.instance ?? identity.name } = props;
    check(
      this,
      ...unknownProps(props, PROPS),
      nameProblem('name', name),
      ...targetProblems(target),
      ...rangeProblems(props),
    );

    this.autoscaler = new HorizontalPodAutoscalerV2(this, 'autoscaler', {
      metadata: { name, namespace: namespaceId(target.namespace), labels: { ...labels(identity) } },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: target.kind, name: target.name },
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

/** For data that is not type-checked. */
function targetProblems(target: Partial<ScaleTarget> | undefined): readonly Problem[] {
  if (!target) return ['target is required: write { kind, name, namespace } of a controller that is not created here'];
  if (Construct.isConstruct(target)) {
    return [
      `target ${target.node.path} is created here: leave this autoscaler out, and write replicas: { min, max } in the Workload's controller, which creates one`,
    ];
  }
  const { kind, name, namespace } = target;
  return [
    !(kind && TARGET_KINDS.includes(kind)) &&
      `target.kind ${kind ? `'${kind}' is not valid` : 'is required'}: use ${TARGET_KINDS.join(' or ')}`,
    !name && "target.name is required: write the controller's name",
    !namespace?.namespaceName && "target.namespace is required: write { namespaceName: '...' }",
  ];
}

function metrics({ cpuPercent = CPU_PERCENT, memoryPercent }: ReplicaRange): MetricBlock[] {
  return Object.entries({ cpu: cpuPercent, memory: memoryPercent }).flatMap(([name, averageUtilization]) =>
    averageUtilization === undefined
      ? []
      : [{ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } }],
  );
}

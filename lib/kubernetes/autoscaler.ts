import {
  HorizontalPodAutoscalerV2,
  type HorizontalPodAutoscalerV2SpecBehavior as BehaviorBlock,
  type HorizontalPodAutoscalerV2SpecMetric as MetricBlock,
} from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2';
import { Construct } from 'constructs';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import { checkedBy, object, oneOf, optional, shapeProblems, text } from '../core/shape';
import { rangeProblems, REPLICA_RANGE, type ReplicaRange } from './controllers/replicas';
import { APP_IDENTITY, identityProblems, labels, type AppIdentity } from './labels';
import { NAMESPACE_REF, namespaceId, namespaceProblems, type NamespaceRef } from './namespace-ref';
import { claimName } from './object-claims';
import { subdomainProblem } from './object-name';

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

const EXISTING_TARGET = object<ScaleTarget>(
  { kind: oneOf('Deployment', 'StatefulSet'), name: text(), namespace: NAMESPACE_REF },
  { expected: 'a controller that is not created here, such as { kind, name, namespace }' },
);

const SCALE_TARGET = checkedBy<ScaleTarget>(EXISTING_TARGET.expected, (target, path) =>
  Construct.isConstruct(target)
    ? [
        `${path} ${target.node.path} is created here: leave this autoscaler out, and write replicas: { min, max } in the Workload's controller, which creates one`,
      ]
    : shapeProblems(target, EXISTING_TARGET, path),
);

export const HORIZONTAL_POD_AUTOSCALER_PROPS = object<HorizontalPodAutoscalerProps>({
  ...REPLICA_RANGE.shapes,
  target: SCALE_TARGET,
  identity: APP_IDENTITY,
  name: optional(text()),
});

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

/**
 * Sets the number of pods by their load. A `Workload` whose `replicas` is a range has one already, and leaves the number to it:
 * create it by itself for what is not created here.
 */
export class HorizontalPodAutoscaler extends Construct {
  readonly autoscaler: HorizontalPodAutoscalerV2;

  constructor(scope: Construct, id: string, props: HorizontalPodAutoscalerProps) {
    super(scope, id);
    checkProps(this, props, HORIZONTAL_POD_AUTOSCALER_PROPS);
    const { target, identity, min, max, name = identity.instance ?? identity.name } = props;
    check(
      this,
      ...identityProblems(identity),
      subdomainProblem('name', name),
      subdomainProblem('target.name', target.name),
      ...namespaceProblems(target.namespace, 'target.namespace'),
      ...rangeProblems(props),
    );
    check(
      this,
      claimName(this, 'HorizontalPodAutoscaler', name, target.namespace),
      claimName(this, `autoscaled ${target.kind}`, target.name, target.namespace),
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

function metrics({ cpuPercent = CPU_PERCENT, memoryPercent }: ReplicaRange): MetricBlock[] {
  return Object.entries({ cpu: cpuPercent, memory: memoryPercent }).flatMap(([name, averageUtilization]) =>
    averageUtilization === undefined
      ? []
      : [{ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } }],
  );
}

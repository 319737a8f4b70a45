import type { Labels } from '../kubernetes/labels';
import type { Taint } from '../kubernetes/taint';
import { isZoneId } from '../network/zones';

export interface NodeTemplate {
  /** The zone of all nodes, where they are in one. */
  readonly zone?: string;
  readonly labels: Labels;
  readonly taints: readonly Taint[];
  readonly diskGib: number;
}

const TEMPLATE = 'k8s.io/cluster-autoscaler/node-template';

/**
 * Tells the cluster autoscaler what a node of the group would be like, so that it can scale up from none.
 * Source: "Auto-discovery setup" in the autoscaler's notes for AWS.
 */
export function nodeTemplateTags({ zone, labels, taints, diskGib }: NodeTemplate): Readonly<Record<string, string>> {
  return {
    ...prefixed(`${TEMPLATE}/label/`, {
      ...labels,
      // The volumes of a zone: without it no pod with a volume brings the first node of the zone. Nodes have its name.
      ...(zone !== undefined && !isZoneId(zone) && { 'topology.ebs.csi.aws.com/zone': zone }),
    }),
    ...taintTags(taints),
    [`${TEMPLATE}/resources/ephemeral-storage`]: `${diskGib}Gi`,
  };
}

/** How the autoscaler and Kubernetes find the self-managed groups of a cluster. EKS sets them on managed groups. */
export function discoveryTags(clusterName: string): Readonly<Record<string, string>> {
  return {
    [`kubernetes.io/cluster/${clusterName}`]: 'owned',
    'k8s.io/cluster-autoscaler/enabled': 'true',
    [`k8s.io/cluster-autoscaler/${clusterName}`]: 'owned',
  };
}

/** One tag for a key: several effects are one value for the autoscaler, the strictest. */
function taintTags(taints: readonly Taint[]): Record<string, string> {
  const strictestLast = [...taints].sort((a, b) => STRICTNESS.indexOf(a.effect) - STRICTNESS.indexOf(b.effect));
  return prefixed(
    `${TEMPLATE}/taint/`,
    Object.fromEntries(strictestLast.map(({ key, value = '', effect }) => [key, `${value}:${effect}`])),
  );
}

const STRICTNESS: readonly Taint['effect'][] = ['PreferNoSchedule', 'NoSchedule', 'NoExecute'];

function prefixed(prefix: string, values: Labels): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}${key}`, value]));
}

import { sortedRecord } from '../core/record';
import type { Labels } from '../kubernetes/labels';
import type { Taint } from '../kubernetes/taint';
import { isZoneId } from '../network/zones';
import { sortTaints } from './taints-and-labels';

export interface NodeTemplate {
  /** The zone of the nodes, if they are all in one. */
  readonly zone?: string;
  readonly labels: Labels;
  readonly taints: readonly Taint[];
  readonly diskGib: number;
}

const TEMPLATE = 'k8s.io/cluster-autoscaler/node-template';

/**
 * Node template for the Cluster Autoscaler, so that it can scale up from zero. Source: "Auto-discovery setup",
 * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
export function nodeTemplateTags({ zone, labels, taints, diskGib }: NodeTemplate): Readonly<Record<string, string>> {
  return {
    ...prefixed(`${TEMPLATE}/label/`, {
      ...sortedRecord(labels),
      // Without it a pod with an EBS volume cannot trigger the first node of a zone. Nodes are labelled with zone
      // names.
      ...(zone !== undefined && !isZoneId(zone) && { 'topology.ebs.csi.aws.com/zone': zone }),
    }),
    ...taintTags(taints),
    [`${TEMPLATE}/resources/ephemeral-storage`]: `${diskGib}Gi`,
  };
}

/** Tags by which the autoscaler and Kubernetes discover self-managed node groups. EKS sets them on managed ones. */
export function discoveryTags(clusterName: string): Readonly<Record<string, string>> {
  return {
    [`kubernetes.io/cluster/${clusterName}`]: 'owned',
    'k8s.io/cluster-autoscaler/enabled': 'true',
    [`k8s.io/cluster-autoscaler/${clusterName}`]: 'owned',
  };
}

/** One tag per key: of several effects the autoscaler gets the strictest. */
function taintTags(taints: readonly Taint[]): Record<string, string> {
  const strictestLast = [...sortTaints(taints)].sort(
    (a, b) => STRICTNESS.indexOf(a.effect) - STRICTNESS.indexOf(b.effect),
  );
  return prefixed(
    `${TEMPLATE}/taint/`,
    Object.fromEntries(strictestLast.map(({ key, value = '', effect }) => [key, `${value}:${effect}`])),
  );
}

const STRICTNESS: readonly Taint['effect'][] = ['PreferNoSchedule', 'NoSchedule', 'NoExecute'];

function prefixed(prefix: string, values: Labels): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}${key}`, value]));
}

import { parseCidr } from '../core/cidr';
import { isRecord } from '../core/record';
import {
  anyText,
  checkedBy,
  either,
  list,
  object,
  oneOf,
  optional,
  record,
  ref,
  shapeProblems,
  text,
  value,
  wholeNumber,
  type AnyShape,
  type Shape,
} from '../core/shape';
import type { NamespaceRef } from '../kubernetes/namespace-ref';
import type { Peer, PodSelection, PolicyPort, TrafficRule } from '../kubernetes/network-policy';
import { objectName } from '../platform/option-shapes';

type PeerWith<Key extends string> = Extract<Peer, Readonly<Record<Key, unknown>>>;

const CIDR = value<string>(
  'an IPv4 CIDR, such as 10.20.0.0/16',
  (given) => typeof given === 'string' && parseCidr(given) !== undefined,
);
const LABELS = record(anyText, 'labels');
const NAMESPACE = objectName();

const ADDRESSES = object<PeerWith<'cidr'>>({ cidr: CIDR, except: optional(list(CIDR)) });
/** A `Workload` or a `PodService` has other properties too. */
const SELECTION = ref<PodSelection>('pods, such as new Workload(...)', {
  selector: LABELS,
  namespace: ref<NamespaceRef>('a namespace, such as new Namespace(...)', {
    namespaceName: NAMESPACE,
    namespaceId: optional(NAMESPACE),
  }),
});
const PODS = object<PeerWith<'pods'>>({ pods: LABELS, namespace: optional(NAMESPACE) });
const PODS_OF_NAMESPACE = object<{ readonly namespace: string }>(
  { namespace: NAMESPACE },
  {
    expected:
      "a peer: { selector, namespace: { namespaceName } }, { pods, namespace: '...' }, { namespace: '...' } or { cidr, except }",
  },
);

const FORMS: Readonly<Record<string, AnyShape>> = { cidr: ADDRESSES, selector: SELECTION, pods: PODS };

const PEER: Shape<Peer> = checkedBy(PODS_OF_NAMESPACE.expected, (given, path) => {
  const form = isRecord(given) ? Object.keys(FORMS).find((key) => key in given) : undefined;
  return shapeProblems(given, form === undefined ? PODS_OF_NAMESPACE : FORMS[form]!, path);
});

/** Source: "Service", https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports */
const PORT_NAME = /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;
const PORT: Shape<number | string> = either(wholeNumber(1, 65535), text('the name of a port, such as http', PORT_NAME));
const POLICY_PORT: Shape<PolicyPort> = either(
  PORT,
  object<Extract<PolicyPort, object>>(
    { port: PORT, protocol: oneOf('TCP', 'UDP') },
    { expected: "{ port, protocol: 'UDP' }" },
  ),
);

export const TRAFFIC_RULES = list(
  object<TrafficRule>(
    { peers: optional(list(PEER)), ports: optional(list(POLICY_PORT)) },
    { expected: 'a rule { peers, ports }' },
  ),
);

/** Kubernetes takes an empty list for any peer and every port: a rule with one allows nothing, and is omitted. */
export function effectiveRules(rules: readonly TrafficRule[] = []): readonly TrafficRule[] {
  return rules.filter(({ peers, ports }) => peers?.length !== 0 && ports?.length !== 0);
}

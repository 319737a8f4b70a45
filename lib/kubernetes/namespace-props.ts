import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { object, oneOf, optional, record, text, type Shape } from '../core/shape';
import { LABELS, type Labels } from './labels';
import { labelProblems } from './metadata';
import { containerDefaultsProblems, quotaProblems } from './namespace-limits';
import { nameProblem } from './object-name';
import { quantity } from './quantity';

/** Source: "Pod Security Standards", https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

export interface NamespaceProps {
  readonly name: string;
  /**
   * The Pod Security level: the API server rejects pods that need more.
   * @default 'restricted'
   */
  readonly podSecurity?: PodSecurityLevel;
  /**
   * The total that its objects may request, by resource: `{ 'requests.cpu': '20', pods: '200' }`.
   * @default no limit
   */
  readonly quota?: Readonly<Record<string, string>>;
  /**
   * The requests and limits of a container that has none.
   * @default none: a quota rejects such a container
   */
  readonly containerDefaults?: {
    readonly requests: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
  /**
   * `deny`: its pods reach nothing but DNS, and nothing reaches them, unless another policy allows it.
   * @default 'deny'
   */
  readonly traffic?: 'deny' | 'allow';
  /** @default none besides those of Pod Security */
  readonly labels?: Labels;
}

const QUANTITIES = record(quantity('500m, 20 or 8Gi'), "an object of quantities by resource, such as { cpu: '100m' }");

export const QUOTA = QUANTITIES;
export const CONTAINER_DEFAULTS: Shape<NonNullable<NamespaceProps['containerDefaults']>> = object<
  NonNullable<NamespaceProps['containerDefaults']>
>({ requests: QUANTITIES, limits: optional(QUANTITIES) });

export const NAMESPACE_PROPS = object<NamespaceProps>({
  name: text(),
  podSecurity: optional(oneOf('restricted', 'baseline', 'privileged')),
  quota: optional(QUOTA),
  containerDefaults: optional(CONTAINER_DEFAULTS),
  traffic: optional(oneOf('deny', 'allow')),
  labels: optional(LABELS),
});

/** Every cluster has them. */
const EXISTING = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);

export function namespacePropsProblems({ name, ...settings }: NamespaceProps): readonly Problem[] {
  return [
    nameProblem('name', name),
    EXISTING.has(name) &&
      `name '${name}' is that of a namespace that every cluster has: choose another, or write { namespaceName: '${name}' } where it is used`,
    ...namespaceSettingProblems('', settings),
  ];
}

/**
 * Problems of the settings of a namespace that have their shape.
 * @param path what precedes the props in messages
 */
export function namespaceSettingProblems(
  path: string,
  { labels, quota, containerDefaults }: Omit<NamespaceProps, 'name'>,
): readonly Problem[] {
  return [
    ...labelProblems(`${path}labels`, labels),
    ...Object.entries(labels ?? {}).map(([key, value]) => ownedLabelProblem(`${path}labels`, key, value)),
    ...quotaProblems(`${path}quota`, quota),
    ...containerDefaultsProblems(`${path}containerDefaults`, containerDefaults),
  ];
}

const POD_SECURITY = /^pod-security\.kubernetes\.io\/(enforce|audit|warn)(-version)?$/;
const VERSION = /^(latest|v1\.\d+)$/;
/** Source: "Automatic labelling", https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/ */
const NAME_LABEL = 'kubernetes.io/metadata.name';

function ownedLabelProblem(prop: string, key: string, value: string): Problem {
  if (key === NAME_LABEL) return `${prop} has '${key}', which Kubernetes sets to the name: remove it`;
  const match = POD_SECURITY.exec(key);
  const [, , version] = match ?? [];
  if (match && version === undefined)
    return `${prop} has '${key}', which podSecurity sets: remove it, and set podSecurity`;
  return (
    version === '-version' &&
    !Token.isUnresolved(value) &&
    !VERSION.test(value) &&
    `${prop}.${key} '${value}' is not a version of Pod Security: use latest, or a minor version such as v1.34`
  );
}

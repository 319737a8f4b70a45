import type { Problem } from '../core/check';
import { anyText, object, oneOf, optional, record, type Shape } from '../core/shape';
import type { NamespaceProps } from '../kubernetes/namespace';
import { containerDefaultsProblems, quotaResourceProblems } from '../kubernetes/namespace-limits';
import { nameProblem } from '../kubernetes/object-name';
import { quantity } from './option-shapes';

/** Settings of namespaces, by name: quotas, container defaults, Pod Security levels. */
export type NamespaceSettings = Readonly<Record<string, Partial<Omit<NamespaceProps, 'name'>>>>;

type ContainerDefaults = NonNullable<NamespaceProps['containerDefaults']>;

const QUANTITIES = record(quantity('500m, 20 or 8Gi'), 'quantities by resource');

/** Shapes of the settings of a namespace. */
export const NAMESPACE_SHAPES = {
  podSecurity: optional(oneOf('restricted', 'baseline', 'privileged')),
  quota: QUANTITIES,
  containerDefaults: object<ContainerDefaults>({ requests: QUANTITIES, limits: optional(QUANTITIES) }),
  traffic: optional(oneOf('deny', 'allow')),
  labels: optional(record(anyText)),
};

type Settings = NamespaceSettings[string];

export const NAMESPACE_SETTINGS: Shape<NamespaceSettings> = record(
  object<Settings>({
    ...NAMESPACE_SHAPES,
    quota: optional(NAMESPACE_SHAPES.quota),
    containerDefaults: optional(NAMESPACE_SHAPES.containerDefaults),
  }),
  'settings by namespace',
);

const POD_SECURITY_LABELS = ['enforce', 'audit', 'warn'].map((mode) => `pod-security.kubernetes.io/${mode}`);

/** Problems of settings of that shape that one of them overwrites, or that Kubernetes rejects. */
export function namespaceProblems(
  path: string,
  { quota, containerDefaults, labels = {} }: Settings,
): readonly Problem[] {
  return [
    ...quotaResourceProblems(`${path}.quota`, quota ?? {}),
    ...(containerDefaults ? containerDefaultsProblems(`${path}.containerDefaults`, containerDefaults) : []),
    ...POD_SECURITY_LABELS.filter((label) => Object.hasOwn(labels, label)).map(
      (label) => `${path}.labels has '${label}', which podSecurity sets: remove it, and set podSecurity`,
    ),
  ];
}

/** Problems of settings of that shape. @param existing namespaces that are not created here */
export function namespaceSettingsProblems(
  settings: NamespaceSettings,
  existing: ReadonlySet<string>,
): readonly Problem[] {
  return Object.entries(settings).flatMap(([name, one]) => [
    nameProblem('namespaces', name),
    existing.has(name) && `namespaces.${name} has settings, but Kubernetes creates that namespace: remove them`,
    ...namespaceProblems(`namespaces.${name}`, one),
  ]);
}

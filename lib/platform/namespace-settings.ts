import type { Problem } from '../core/check';
import { object, record, type Shape } from '../core/shape';
import { NAMESPACE_PROPS, namespaceSettingProblems, type NamespaceProps } from '../kubernetes/namespace-props';
import { nameProblem } from '../kubernetes/object-name';

/** Settings of namespaces, by name: quotas, container defaults, Pod Security levels. */
export type NamespaceSettings = Readonly<Record<string, Partial<Omit<NamespaceProps, 'name'>>>>;

const { name: _name, ...shapes } = NAMESPACE_PROPS.shapes;

export const NAMESPACE_SETTINGS: Shape<NamespaceSettings> = record(
  object<NamespaceSettings[string]>(shapes),
  'settings by namespace',
);

/** Problems of settings of that shape. @param existing namespaces that are not created here */
export function namespaceSettingsProblems(
  settings: NamespaceSettings,
  existing: ReadonlySet<string>,
): readonly Problem[] {
  return Object.entries(settings).flatMap(([name, one]) => [
    nameProblem('namespaces', name),
    existing.has(name) && `namespaces.${name} has settings, but Kubernetes creates that namespace: remove them`,
    ...namespaceSettingProblems(`namespaces.${name}.`, one),
  ]);
}

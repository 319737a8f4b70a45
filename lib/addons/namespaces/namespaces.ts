import { Token } from 'cdktf';
import type { Problem } from '../../core/check';
import { checkOptions } from '../../core/check-props';
import { duplicates } from '../../core/duplicates';
import { either, list, object, oneOf, optional } from '../../core/shape';
import { Namespace, type NamespaceProps } from '../../kubernetes/namespace';
import { CONTAINER_DEFAULTS, NAMESPACE_PROPS, namespaceSettingProblems, QUOTA } from '../../kubernetes/namespace-props';
import { objectName } from '../../kubernetes/object-name';
import type { AddOn } from '../../platform/add-on';

/** A namespace for applications. To grant access to it, set `namespaces` of an `access` entry of the environment. */
export interface NamespaceSpec extends Omit<NamespaceProps, 'quota' | 'containerDefaults'> {
  /**
   * Resource quota of the namespace: `{ 'requests.cpu': '20', pods: '200' }`; `none` for no limit.
   * @default the profile's
   */
  readonly quota?: NamespaceProps['quota'] | 'none';
  /**
   * Requests and limits of containers that specify none; `none` for no defaults. A container that requests more memory
   * than the default limit has to set its own limit.
   * @default 100m and 128Mi, limited to 512Mi
   */
  readonly containerDefaults?: NamespaceProps['containerDefaults'] | 'none';
}

export const NAMESPACE_SPEC = object<NamespaceSpec>({
  ...NAMESPACE_PROPS.shapes,
  name: objectName(),
  quota: optional(either(oneOf('none'), QUOTA)),
  containerDefaults: optional(either(oneOf('none'), CONTAINER_DEFAULTS)),
});

/** Enough for most applications to start, and to measure what they need. */
const DEFAULTS: NonNullable<NamespaceProps['containerDefaults']> = {
  requests: { cpu: '100m', memory: '128Mi' },
  limits: { memory: '512Mi' },
};

/**
 * Namespaces of applications: the restricted Pod Security level, all traffic denied except DNS, default requests and
 * limits, and a quota if the profile has one.
 */
export function namespaces(specs: readonly NamespaceSpec[]): AddOn {
  checkOptions('namespaces', specs, list(NAMESPACE_SPEC), namespacesProblems);
  return {
    name: 'namespaces',
    platform(scope, { facts }) {
      for (const { quota = facts.profile.namespaceQuota, containerDefaults = DEFAULTS, ...spec } of specs) {
        new Namespace(scope, spec.name, {
          ...spec,
          quota: quota === 'none' ? undefined : quota,
          containerDefaults: containerDefaults === 'none' ? undefined : containerDefaults,
        });
      }
    },
  };
}

/** Reserved by Kubernetes. */
const RESERVED = /^(default|kube-.*)$/;

function namespacesProblems(specs: readonly NamespaceSpec[]): readonly Problem[] {
  const names = specs.map(({ name }) => name);
  return [
    specs.length === 0 && 'namespaces is empty: list at least one, or remove the add-on',
    ...names
      .filter((name) => Token.isUnresolved(name))
      .map(() => 'a name is known only after apply, but is part of state addresses: use a literal'),
    ...duplicates(names).map((name) => `namespaces has '${name}' twice: list it once`),
    ...names
      .filter((name) => RESERVED.test(name))
      .map((name) => `namespaces has '${name}', which is reserved by Kubernetes: choose another name`),
    ...specs.flatMap(specProblems),
  ];
}

function specProblems({ quota, containerDefaults, ...spec }: NamespaceSpec, index: number): readonly Problem[] {
  return namespaceSettingProblems(`[${index}].`, {
    ...spec,
    quota: quota === 'none' ? undefined : quota,
    containerDefaults: containerDefaults === 'none' ? undefined : containerDefaults,
  });
}

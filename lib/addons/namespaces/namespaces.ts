import { check, type Problem } from '../../core/check';
import { duplicates } from '../../core/duplicates';
import { Namespace, type NamespaceProps } from '../../kubernetes/namespace';
import { nameProblem } from '../../kubernetes/object-name';
import type { AddOn } from '../../platform/add-on';

/** A namespace for applications. Who works in it: `access` of the environment, limited by `namespaces`. */
export interface NamespaceSpec extends Omit<NamespaceProps, 'quota' | 'containerDefaults'> {
  /**
   * The most that it may use together, by resource: `{ 'requests.cpu': '20', pods: '200' }`; `none` for no limit.
   * @default the profile's
   */
  readonly quota?: NamespaceProps['quota'] | 'none';
  /**
   * What a container gets that asks for nothing; `none` for nothing. One that asks for more memory than the default limit
   * has to set its own limit.
   * @default 100m and 128Mi, limited to 512Mi
   */
  readonly containerDefaults?: NamespaceProps['containerDefaults'] | 'none';
}

/** Enough for most programs to start, and to show in the metrics what they would need. */
const CONTAINER_DEFAULTS: NonNullable<NamespaceProps['containerDefaults']> = {
  requests: { cpu: '100m', memory: '128Mi' },
  limits: { memory: '512Mi' },
};

/**
 * The namespaces of applications: the restricted Pod Security level, traffic denied but for DNS, defaults for containers,
 * a quota where the profile has one.
 */
export function namespaces(specs: readonly NamespaceSpec[]): AddOn {
  return {
    name: 'namespaces',
    platform(scope, { facts }) {
      check(scope, ...namespacesProblems(specs));
      for (const { quota = facts.profile.namespaceQuota, containerDefaults = CONTAINER_DEFAULTS, ...spec } of specs) {
        new Namespace(scope, spec.name, {
          ...spec,
          quota: quota === 'none' ? undefined : quota,
          containerDefaults: containerDefaults === 'none' ? undefined : containerDefaults,
        });
      }
    },
  };
}

/** Kubernetes keeps them for itself. */
const RESERVED = /^(default|kube-.*)$/;

function namespacesProblems(specs: readonly NamespaceSpec[]): readonly Problem[] {
  const names = specs.map(({ name }) => name);
  return [
    specs.length === 0 && 'namespaces is empty: name one, or leave the add-on out',
    ...names.map((name) => nameProblem('name', name)),
    ...duplicates(names).map((name) => `namespaces has '${name}' twice: list it once`),
    ...names
      .filter((name) => RESERVED.test(name))
      .map((name) => `namespaces has '${name}', which is Kubernetes' own: choose another name`),
  ];
}

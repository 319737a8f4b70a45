import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { check } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { literalText } from '../core/literal-text';
import { shapeProblems } from '../core/shape';
import { Namespace, type PodSecurityLevel } from '../kubernetes/namespace';
import type { NamespaceRef } from '../kubernetes/namespace-ref';
import { PriorityClass } from '../kubernetes/priority-class';
import type { EnvironmentResources } from './infrastructure';
import { NAMESPACE_SETTINGS, namespaceSettingsProblems, type NamespaceSettings } from './namespace-settings';
import type { Platform, PlatformServices } from './platform';
import { PRIORITY_CLASS_NAME, PRIORITY_CLASSES, type PriorityClassName } from './priority-classes';

/** Other namespaces are `restricted`. */
const POD_SECURITY: Readonly<Record<string, PodSecurityLevel>> = {
  // Its pods read files of the nodes.
  'node-agents': 'privileged',
};
/** Created by Kubernetes. */
const EXISTING = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);

/** The namespaces and priority classes of a stack's add-ons, each created once, on first use. */
export class ClusterServices extends Construct implements PlatformServices {
  /** The input of the add-ons' platform halves. */
  readonly platform: Platform;
  private readonly namespaces = new Map<string, NamespaceRef>();
  private readonly priorityClasses = new Map<string, PriorityClass>();

  constructor(
    scope: Construct,
    id: string,
    private readonly resources: EnvironmentResources,
    private readonly namespaceSettings: NamespaceSettings = {},
  ) {
    super(scope, id);
    literalText(this);
    check(this, ...shapeProblems(namespaceSettings, NAMESPACE_SETTINGS, 'namespaces'));
    check(this, ...namespaceSettingsProblems(namespaceSettings, EXISTING));
    this.platform = {
      ...resources,
      namespace: (name) => this.namespace(name),
      priorityClass: (name) => this.priorityClass(name),
    };
  }

  namespace(name: string): NamespaceRef {
    check(
      this,
      Token.isUnresolved(name) &&
        'the name given to namespace() is known only after apply, but it is part of state addresses: pass a literal',
    );
    if (EXISTING.has(name)) return { namespaceName: name };
    const known = this.namespaces.get(name);
    if (known) return known;
    const namespace = new Namespace(this, `namespace-${name}`, {
      name,
      podSecurity: POD_SECURITY[name],
      ...this.namespaceSettings[name],
    });
    dependsOn(namespace, ...this.resources.readyForPods);
    this.namespaces.set(name, namespace);
    return namespace;
  }

  priorityClass(name: PriorityClassName): string {
    check(this, ...shapeProblems(name, PRIORITY_CLASS_NAME, 'priorityClass'));
    if (!Object.hasOwn(PRIORITY_CLASSES, name)) return name;
    const known = this.priorityClasses.get(name);
    if (known) return known.priorityClassId;
    const settings = PRIORITY_CLASSES[name as keyof typeof PRIORITY_CLASSES];
    const priorityClass = new PriorityClass(this, `priority-class-${name}`, { name, ...settings });
    dependsOn(priorityClass, ...this.resources.readyForPods);
    this.priorityClasses.set(name, priorityClass);
    return priorityClass.priorityClassId;
  }
}

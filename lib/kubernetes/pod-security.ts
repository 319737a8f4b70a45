import type { IConstruct } from 'constructs';
import { perStack } from '../core/claims';
import type { PodSecurityLevel } from './namespace-props';
import type { NamespaceRef } from './namespace-ref';

const levels = perStack(() => new Map<string, PodSecurityLevel>());

/** Records the level of a namespace that the stack creates. */
export function recordPodSecurity(scope: IConstruct, namespaceName: string, level: PodSecurityLevel): void {
  levels(scope).set(namespaceName, level);
}

/** Undefined for a namespace that is created elsewhere. */
export function podSecurityOf(scope: IConstruct, namespace: NamespaceRef): PodSecurityLevel | undefined {
  const { podSecurity } = namespace as NamespaceRef & { readonly podSecurity?: PodSecurityLevel };
  return podSecurity ?? levels(scope).get(namespace.namespaceName);
}

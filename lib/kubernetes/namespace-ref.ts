import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { optional, ref, text } from '../core/shape';
import { nameProblem } from './object-name';

/** A namespace: created here, or an existing one as a plain object. */
export interface NamespaceRef {
  /** A literal, which policies and configuration files contain. */
  readonly namespaceName: string;
  /**
   * The name for a resource's `metadata.namespace`. Of a namespace that is created here it is a reference, so that the resource
   * is created after it and destroyed before it.
   * @default namespaceName
   */
  readonly namespaceId?: string;
}

export const NAMESPACE_REF = ref<NamespaceRef>(
  "a namespace, such as new Namespace(...), or { namespaceName: '...' } of an existing one",
  { namespaceName: text(), namespaceId: optional(text()) },
);

/** For a resource's `metadata.namespace`. */
export function namespaceId({ namespaceName, namespaceId: id = namespaceName }: NamespaceRef): string {
  return id;
}

/** @param prop the prop's path */
export function namespaceProblems({ namespaceName }: Partial<NamespaceRef>, prop = 'namespace'): readonly Problem[] {
  // A construct's class may be that of JavaScript, whose shape is not examined.
  if (typeof namespaceName !== 'string' || namespaceName === '') return [`${prop}.namespaceName is required: a string`];
  return [!Token.isUnresolved(namespaceName) && nameProblem(`${prop}.namespaceName`, namespaceName)];
}

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

/** For a resource's `metadata.namespace`. */
export function namespaceId({ namespaceName, namespaceId: id = namespaceName }: NamespaceRef): string {
  return id;
}

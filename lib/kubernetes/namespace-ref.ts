/** A namespace, of ours or an existing one as a plain object. */
export interface NamespaceRef {
  /** A literal: policies and configurations are made from it. */
  readonly namespaceName: string;
  /**
   * The name for a resource's `namespace`: of a namespace of ours Terraform's reference, so that the resource is made
   * after it and destroyed before it.
   * @default namespaceName
   */
  readonly namespaceId?: string;
}

/** What a resource's `metadata` takes. */
export function namespaceId({ namespaceName, namespaceId: id = namespaceName }: NamespaceRef): string {
  return id;
}

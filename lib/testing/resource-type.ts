/** A generated class of a provider's package, such as `Vpc` of `@cdktf/provider-aws/lib/vpc`. */
export interface ResourceClass {
  readonly tfResourceType: string;
  // Any resource's class; what its configuration holds is read from it.
  // eslint-disable-next-line typescript/no-explicit-any
  new (scope: any, id: string, config: any): object;
}

/** A resource type, by its class or by its name: `Vpc` or `'aws_vpc'`. */
export type ResourceType = string | ResourceClass;

export function typeName(type: ResourceType): string {
  return typeof type === 'string' ? type : type.tfResourceType;
}

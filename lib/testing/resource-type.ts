/** A generated class of a provider's package, such as `Vpc` of `@cdktf/provider-aws/lib/vpc`. */
export interface ResourceClass {
  readonly tfResourceType: string;
  // Any resource's class; what its configuration holds is read from it.
  // eslint-disable-next-line typescript/no-explicit-any
  new (scope: any, id: string, config: any): object;
}

/** A resource type, by its class or by its name: `Vpc` or `'aws_vpc'`. */
export type ResourceType = string | ResourceClass;

/**
 * @throws Error for a data source: its type may be that of a resource
 */
export function typeName(type: ResourceType): string {
  if (typeof type === 'string') return type;
  const { name } = Object.getPrototypeOf(type) as { readonly name: string };
  if (name === 'TerraformDataSource') throw new Error(`${type.name} is a data source: read json.data of the stack`);
  return type.tfResourceType;
}

/** A generated class of a provider's package, such as `Vpc` from `@cdktf/provider-aws/lib/vpc`. */
export interface ResourceClass {
  readonly tfResourceType: string;
  // Matches any resource's class; the type of its configuration is inferred from it.
  // eslint-disable-next-line typescript/no-explicit-any
  new (scope: any, id: string, config: any): object;
}

/** A resource type, by its class or by its name: `Vpc` or `'aws_vpc'`. */
export type ResourceType = string | ResourceClass;

/** @throws Error for a data source, whose type may be that of a resource as well */
export function typeName(type: ResourceType): string {
  if (typeof type === 'string') return type;
  const { name } = Object.getPrototypeOf(type) as { readonly name: string };
  if (name === 'TerraformDataSource') throw new Error(`${type.name} is a data source: read json.data of the stack`);
  return type.tfResourceType;
}

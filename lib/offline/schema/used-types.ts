import type { TerraformJson } from '../terraform-json';
import { UnknownTypeError, type ProviderPackage } from './provider-package';
import type { Block, ProviderSchemas, SchemaKind } from './schema';

/** A provider that a stack uses, and the types that it uses of it. */
export interface UsedProvider {
  /** The last part of its source, which names its package: `aws`. */
  readonly name: string;
  /** Its full address without the registry: `hashicorp/aws`. */
  readonly source: string;
  /** The registry, if the source names one. */
  readonly registry?: string;
  readonly resources: ReadonlySet<string>;
  readonly dataSources: ReadonlySet<string>;
}

/** Terraform's built-in provider. */
const BUILT_IN = 'terraform';

/** The providers of a stack, one per local name. */
export function usedProviders(json: TerraformJson): readonly UsedProvider[] {
  const found = new Map<string, UsedProvider & { resources: Set<string>; dataSources: Set<string> }>();
  const sources = requiredSources(json);
  const provider = (local: string) => {
    const known = found.get(local);
    if (known) return known;
    const added = {
      ...parseSource(sources.get(local) ?? local),
      resources: new Set<string>(),
      dataSources: new Set<string>(),
    };
    found.set(local, added);
    return added;
  };
  for (const local of [...sources.keys(), ...Object.keys(json.provider ?? {})]) if (local !== BUILT_IN) provider(local);
  for (const [section, kind] of [
    [json.resource, 'resources'],
    [json.data, 'dataSources'],
  ] as const) {
    for (const [type, byId] of Object.entries(section ?? {})) {
      for (const attributes of Object.values(byId)) {
        const local = localName(type, attributes['provider']);
        if (local !== BUILT_IN) provider(local)[kind].add(type);
      }
    }
  }
  return [...found.values()];
}

/** The schemas of the used types only. A type that the package lacks is left for Terraform to reject. */
export function schemasFor(used: UsedProvider, provider: ProviderPackage): ProviderSchemas {
  return {
    name: used.name,
    provider: provider.schema('provider', used.name),
    resources: schemasOf('resource', used.resources, provider),
    dataSources: schemasOf('data', used.dataSources, provider),
  };
}

/** The providers used by either of two versions of a stack: what one version drops is still in its state. */
export function unitedProviders(a: readonly UsedProvider[], b: readonly UsedProvider[]): readonly UsedProvider[] {
  const united = new Map(a.map((provider) => [provider.source, provider]));
  for (const provider of b) {
    const other = united.get(provider.source);
    united.set(provider.source, {
      ...provider,
      resources: new Set([...(other?.resources ?? []), ...provider.resources]),
      dataSources: new Set([...(other?.dataSources ?? []), ...provider.dataSources]),
    });
  }
  return [...united.values()];
}

function schemasOf(kind: SchemaKind, types: ReadonlySet<string>, provider: ProviderPackage): Record<string, Block> {
  const schemas: Record<string, Block> = {};
  for (const type of types) {
    try {
      schemas[type] = provider.schema(kind, type);
    } catch (error) {
      if (!(error instanceof UnknownTypeError)) throw error;
    }
  }
  return schemas;
}

function requiredSources(json: TerraformJson): ReadonlyMap<string, string> {
  const required = json.terraform?.['required_providers'];
  const all = (Array.isArray(required) ? required : [required ?? {}]) as readonly Record<string, { source?: string }>[];
  return new Map(
    all.flatMap((one) => Object.entries(one).map(([local, { source }]) => [local, source ?? local] as const)),
  );
}

function parseSource(source: string): Pick<UsedProvider, 'name' | 'source' | 'registry'> {
  const parts = source.split('/');
  const name = parts.at(-1)!;
  const namespace = parts.at(-2) ?? 'hashicorp';
  const registry = parts.at(-3);
  return { name, source: `${namespace}/${name}`, ...(registry !== undefined && { registry }) };
}

/** A resource's provider is the one that it names (`aws.east`), else the prefix of its type. */
function localName(type: string, meta: unknown): string {
  const named = typeof meta === 'string' ? meta.replace(/^\$\{|\}$/g, '').split('.')[0] : undefined;
  return named || type.split('_')[0]!;
}

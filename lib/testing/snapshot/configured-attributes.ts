import type { ChangeJson } from '../../offline';
import { KNOWN_AFTER_APPLY, type PlannedResource, type PlannedStack } from '../planned-stack';
import type { Attributes, SynthesizedResource } from '../synthesized-stack';
import type { ReadableValues } from './references';

/** Meta-arguments, which are not in a plan. */
const META = new Set(['depends_on', 'lifecycle', 'provider', 'count', 'for_each', 'connection', 'provisioner']);

/** The configured attributes of a resource, with each expression's planned value. */
export function configuredAttributes(
  plan: PlannedStack,
  resource: PlannedResource,
  { attributes }: SynthesizedResource,
  values: ReadableValues,
): Attributes {
  const sensitive = changeOf(plan, resource)?.after_sensitive;
  const { '//': _, ...configured } = attributes;
  const meta = Object.keys(configured).filter((name) => META.has(name));
  return {
    ...(merged(configured, resource.attributes, sensitive, values) as Attributes),
    ...Object.fromEntries(meta.map((name) => [name, values.configured(configured[name])])),
  };
}

export function changeOf({ json }: PlannedStack, { address }: PlannedResource): ChangeJson | undefined {
  return json.resource_changes?.find((change) => change.address === address)?.change;
}

/** Literals as they are; expressions as their value, or as the source of a value known after apply. */
function merged(configured: unknown, planned: unknown, sensitive: unknown, values: ReadableValues): unknown {
  if (sensitive === true) return '(sensitive)';
  if (typeof configured === 'string') {
    if (!configured.includes('${')) return values.configured(configured);
    if (planned === KNOWN_AFTER_APPLY || planned === undefined) return values.unknown(configured);
    return values.known(planned);
  }
  if (Array.isArray(configured)) {
    const items = Array.isArray(planned) && planned.length === configured.length ? planned : [];
    const marks = Array.isArray(sensitive) ? sensitive : [];
    return configured.map((item: unknown, at) => merged(item, plannedItem(item, items, at), marks[at], values));
  }
  if (configured === null || typeof configured !== 'object') return configured;
  // A block that occurs once is an object in cdktf's output and a list in the plan.
  const one = (Array.isArray(planned) ? planned[0] : planned) as Attributes | undefined;
  const marks = (Array.isArray(sensitive) ? sensitive[0] : sensitive) as Attributes | undefined;
  return Object.fromEntries(
    Object.entries(configured).map(([key, item]) => [key, merged(item, one?.[key], marks?.[key], values)]),
  );
}

/** The plan sorts sets: the planned item is the first one that matches the configured item's literals. */
function plannedItem(configured: unknown, planned: readonly unknown[], at: number): unknown {
  if (configured === null || typeof configured !== 'object') return planned[at];
  return planned.find((candidate) => matchesLiterals(configured, candidate)) ?? planned[at];
}

function matchesLiterals(configured: unknown, planned: unknown): boolean {
  if (typeof configured === 'string' && configured.includes('${')) return true;
  if (configured === null || typeof configured !== 'object') return String(configured) === String(planned);
  const one: unknown = Array.isArray(planned) && !Array.isArray(configured) ? planned[0] : planned;
  if (one === null || typeof one !== 'object') return false;
  return Object.entries(configured).every(([key, item]) => matchesLiterals(item, (one as Attributes)[key]));
}

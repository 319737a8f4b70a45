import type { PlannedAction, PlannedResource, PlannedStack } from '../planned-stack';
import type { Attributes, SynthesizedResource, SynthesizedStack } from '../synthesized-stack';
import { changedAttributes } from './changed-attributes';
import { configuredAttributes } from './configured-attributes';
import { syntheticIds } from './synthetic-ids';
import { readable } from './readable';
import { ReadableValues } from './references';

const SIGNS: Readonly<Record<PlannedAction, string>> = {
  create: '+',
  update: '~',
  replace: '-/+',
  destroy: '-',
  read: '<=',
  forget: '.',
  'no-op': ' ',
};
/** The order of the counts. */
const COUNTED: readonly PlannedAction[] = ['create', 'update', 'replace', 'destroy', 'forget'];

/** A synthesized stack as text for reviewers: by construct, references as paths, policies as objects. */
export function stackSnapshot(stack: SynthesizedStack): string {
  const values = new ReadableValues(stack);
  const { length } = stack.resources;
  return page(`${stack.name}: ${length} ${length === 1 ? 'resource' : 'resources'}`, [
    ...header(stack, values),
    ...byPath(stack.resources).map((one) => entry(one.path, one.address, values.configured(one.attributes))),
  ]);
}

/**
 * A plan as text for reviewers: the action on each construct, its configured values, and the sources of values known
 * after apply. Computed values, which are synthetic, and unchanged resources are left out.
 */
export function planSnapshot(plan: PlannedStack): string {
  const stack = plan.synthesized;
  const values = stack && new ReadableValues(stack, syntheticIds(plan));
  const configured = new Map(stack?.resources.map((resource) => [resource.address, resource]));
  const changed = plan.resources.filter(({ action }) => action !== 'no-op');
  return page(`${plan.name}: ${counts(plan)}`, [
    ...(stack && values ? header(stack, values) : []),
    ...byPath(changed).map((resource) => {
      const { action, path, address, replacedBecause } = resource;
      const because = replacedBecause.length > 0 ? ` because ${replacedBecause.join(', ')} changes` : '';
      const own = configured.get(address.replace(/\[[^\]]*\]$/, ''));
      return entry(path, `${address}${because}`, attributesOf(plan, resource, own, values), SIGNS[action]);
    }),
  ]);
}

function attributesOf(
  plan: PlannedStack,
  resource: PlannedResource,
  configured: SynthesizedResource | undefined,
  values: ReadableValues | undefined,
): unknown {
  if (!configured || !values || resource.action === 'destroy') return {};
  if (resource.action === 'create') return configuredAttributes(plan, resource, configured, values);
  return changedAttributes(plan, resource, configured, values);
}

/** Providers, data sources and outputs. */
function header({ json }: SynthesizedStack, values: ReadableValues): readonly string[] {
  const providers = Object.entries(json.provider ?? {}).map(([name, blocks]) =>
    entry('', `provider ${name}`, values.configured(Array.isArray(blocks) && blocks.length === 1 ? blocks[0] : blocks)),
  );
  const data = Object.entries(json.data ?? {}).flatMap(([type, byId]) =>
    Object.entries(byId).map(([id, attributes]) => entry('', `data.${type}.${id}`, values.configured(attributes))),
  );
  const outputs = Object.fromEntries(
    Object.entries(json.output ?? {}).map(([name, { value, sensitive }]) => [
      name,
      sensitive === true ? '(sensitive)' : values.configured(value),
    ]),
  );
  return [...providers, ...data, ...(Object.keys(outputs).length > 0 ? [entry('', 'outputs', outputs)] : [])];
}

function entry(path: string, address: string, attributes: unknown, sign = ''): string {
  const own: Attributes = Array.isArray(attributes) ? { blocks: attributes } : (attributes as Attributes);
  return [[sign, path, address].filter(Boolean).join(' '), ...readable(own).map((line) => `  ${line}`)].join('\n');
}

/** Sorted by path, so that a construct's resources are adjacent. */
function byPath<T extends { readonly path: string; readonly address: string }>(resources: readonly T[]): readonly T[] {
  return [...resources].sort((a, b) => compare(a.path, b.path) || compare(a.address, b.address));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function counts({ resources }: PlannedStack): string {
  const formatted = COUNTED.flatMap((action) => {
    const count = resources.filter((resource) => resource.action === action).length;
    return count > 0 ? [`${count} to ${action}`] : [];
  });
  return formatted.join(', ') || 'no changes';
}

function page(title: string, entries: readonly string[]): string {
  return `${[title, ...entries].join('\n')}\n`;
}

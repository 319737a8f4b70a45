import { KNOWN_AFTER_APPLY, type PlannedResource, type PlannedStack } from '../planned-stack';
import type { Attributes, SynthesizedResource } from '../synthesized-stack';
import { changeOf, configuredAttributes } from './configured-attributes';
import { inline } from './readable';
import type { ReadableValues } from './references';

/** Timestamps, which differ from run to run. */
const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
/** The attribute that repeats `tags`. */
const ECHO = 'tags_all';

/** The changed attributes of a resource, as `before -> after`: configured ones, and those no longer configured. */
export function changedAttributes(
  plan: PlannedStack,
  resource: PlannedResource,
  configured: SynthesizedResource,
  values: ReadableValues,
): Attributes {
  const { before, attributes: after } = resource;
  const now = configuredAttributes(plan, resource, configured, values);
  const sensitive = changeOf(plan, resource)?.before_sensitive as Attributes | undefined;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => name !== ECHO && !same(before[name], after[name]) && (name in now || after[name] !== KNOWN_AFTER_APPLY),
  );
  return Object.fromEntries(
    names.map((name) => {
      const old = sensitive?.[name] === true ? '(sensitive)' : values.known(withoutTimes(before[name]));
      return [name, change(old, name in now ? now[name] : after[name])];
    }),
  );
}

/** Objects are compared field by field; lists that differ are both shown. */
function change(before: unknown, after: unknown): unknown {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const changed = names.filter((name) => !same(before[name], after[name]));
    return Object.fromEntries(changed.map((name) => [name, change(before[name], after[name])]));
  }
  const [old, current] = [text(before), text(after)];
  return old !== undefined && current !== undefined ? `${old} -> ${current}` : { after, before };
}

function text(value: unknown): string | undefined {
  if (value === null || value === undefined) return '(none)';
  return typeof value === 'string' && !value.includes('\n') ? value : inline(value);
}

function isObject(value: unknown): value is Attributes {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function withoutTimes(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(TIME, '(time)');
  if (Array.isArray(value)) return value.map(withoutTimes);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutTimes(item)]));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

import type { TypeFacts } from '../facts/type-facts';
import type { Attribute, Block, NestedBlock } from '../schema/schema';
import { equal, isList, isObject, UNKNOWN, type ObjectValue, type Value } from '../wire/values';

/** A path into a value: attribute names, list indexes, map keys. */
export type Path = readonly (string | number)[];

export interface PlannedChange {
  readonly planned: ObjectValue;
  /** The changes that force replacement. */
  readonly replace: readonly Path[];
}

export interface ProposedChange {
  /** Null if the resource is to be created. */
  readonly prior: ObjectValue | null;
  /** The configuration merged by Terraform with the prior state's computed values. */
  readonly proposed: ObjectValue;
}

/** A provider's own changes to the plan of any of its types. */
export type PlanModifier = (block: Block, planned: Record<string, Value>, prior: ObjectValue | null) => void;

/** Plans a create or an update as a provider does: computed values are unknown on create and kept on update. */
export function planChange(
  block: Block,
  facts: TypeFacts,
  { prior, proposed }: ProposedChange,
  modifyPlan: PlanModifier = () => {},
): PlannedChange {
  const planned: Record<string, Value> = { ...planBlock(block, proposed, prior, '', facts) };
  modifyPlan(block, planned, prior);
  for (const [name, known] of Object.entries(facts.planned ?? {})) {
    if (planned[name] === UNKNOWN) planned[name] = known(planned);
  }
  if (prior && !equal(planned, prior)) {
    for (const name of facts.computedOnChange ?? []) planned[name] = UNKNOWN;
  }
  return { planned, replace: prior ? replacing(facts, prior).flatMap((path) => changesAt(path, prior, planned)) : [] };
}

/** The attributes that force replacement of a resource with this state. */
function replacing({ forceNew = [], forceNewOnceSet = [] }: TypeFacts, prior: ObjectValue): readonly string[] {
  const isSet = (value: Value) => value !== null && !(isList(value) && value.length === 0);
  return [...forceNew, ...forceNewOnceSet.filter((name) => isSet(prior[name] ?? null))];
}

function planBlock(
  block: Block,
  proposed: ObjectValue,
  prior: ObjectValue | null,
  prefix: string,
  facts: TypeFacts,
): ObjectValue {
  const planned: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    planned[name] = planAttribute(name, attribute, proposed, prior, prefix, facts);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    planned[name] = planNested(name, nested, proposed, prior, prefix, facts);
  }
  return planned;
}

function planAttribute(
  name: string,
  attribute: Attribute,
  proposed: ObjectValue,
  prior: ObjectValue | null,
  prefix: string,
  facts: TypeFacts,
): Value {
  if (attribute.writeOnly) return null;
  const value = proposed[name] ?? null;
  if (value === null) {
    const fallback = facts.defaults?.[prefix + name];
    if (fallback !== undefined) return fallback;
    return attribute.computed && prior === null ? UNKNOWN : null;
  }
  if (!attribute.nested) return value;
  const block = { attributes: attribute.nested.attributes, blocks: {} };
  return eachObject(value, prior?.[name], (item, before) => planBlock(block, item, before, `${prefix}${name}.`, facts));
}

function planNested(
  name: string,
  { block, nesting }: NestedBlock,
  proposed: ObjectValue,
  prior: ObjectValue | null,
  prefix: string,
  facts: TypeFacts,
): Value {
  const path = prefix + name;
  const value = proposed[name] ?? (nesting === 'single' ? null : []);
  if (isList(value) && value.length === 0 && facts.computedBlocks?.includes(path)) {
    return prior === null ? UNKNOWN : (prior[name] ?? value);
  }
  return eachObject(value, prior?.[name], (item, before) => planBlock(block, item, before, `${path}.`, facts));
}

/** Plans every object in a value, each with its prior object: same index, same key, or equal in a set. */
function eachObject(
  value: Value,
  prior: Value | undefined,
  plan: (item: ObjectValue, before: ObjectValue | null) => Value,
): Value {
  if (isList(value)) {
    return value.map((item, index) => {
      if (!isObject(item)) return item;
      const before = isList(prior) ? (prior.find((one) => equal(one, item)) ?? prior[index]) : undefined;
      return plan(item, isObject(before) ? before : null);
    });
  }
  return isObject(value) ? plan(value, isObject(prior) ? prior : null) : value;
}

/** The paths below `path` that differ, with list indexes. */
function changesAt(path: string, prior: ObjectValue, planned: ObjectValue): readonly Path[] {
  return changes(path.split('.'), prior, planned, []);
}

function changes(names: readonly string[], prior: Value, planned: Value, at: Path): readonly Path[] {
  const [name, ...rest] = names;
  if (name === undefined || !isObject(prior) || !isObject(planned)) return equal(prior, planned) ? [] : [at];
  const before = prior[name] ?? null;
  const after = planned[name] ?? null;
  const here = [...at, name];
  if (rest.length === 0 || !isList(before) || !isList(after) || before.length !== after.length) {
    return rest.length > 0 && isObject(before) && isObject(after)
      ? changes(rest, before, after, here)
      : equal(before, after)
        ? []
        : [here];
  }
  return before.flatMap((item, index) => changes(rest, item, after[index]!, [...here, index]));
}

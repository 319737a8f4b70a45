type Json = unknown;
type JsonObject = Readonly<Record<string, Json>>;

/** One value of a resource that a plan sets or changes. */
export interface ValueChange {
  /** The path within the resource: `vpc_config[0].subnet_ids`. */
  readonly name: string;
  /** Undefined if there was no value, or if it is sensitive. */
  readonly before?: Json;
  /** Undefined if there will be no value, or if it is sensitive or known only after apply. */
  readonly after?: Json;
  readonly isSensitive?: true;
  /** Known only after apply. */
  readonly isUnknown?: true;
}

/** A resource before and after, as in Terraform's plan JSON. */
export interface Sides {
  readonly before: Json;
  readonly after: Json;
  /** `true` in place of each unknown value. */
  readonly unknown: Json;
  /** `true` in place of each sensitive value. */
  readonly sensitiveBefore: Json;
  readonly sensitiveAfter: Json;
}

/** The values that differ. JSON documents in strings, such as policies, are compared by content. */
export function valueChanges(sides: Sides): readonly ValueChange[] {
  return compare('', sides);
}

function compare(name: string, sides: Sides): readonly ValueChange[] {
  const { before, after, unknown } = sides;
  const isSensitive = sides.sensitiveBefore === true || sides.sensitiveAfter === true;
  if (unknown === true)
    return [{ name, ...(!isSensitive && given('before', before)), ...markSensitive(isSensitive), isUnknown: true }];
  if (isSensitive) return same(before, after) ? [] : [{ name, isSensitive: true }];
  const documents = [before, after].map(asDocument);
  if (documents[0] && documents[1]) return compare(name, { ...sides, before: documents[0], after: documents[1] });
  const [inBefore, inAfter] = [childrenOf(before), childrenOf(after)];
  if (!isComposite(before, inBefore) && !isComposite(after, inAfter) && !isComposite(unknown, childrenOf(unknown))) {
    return same(before, after) ? [] : [{ name, ...given('before', before), ...given('after', after) }];
  }
  const parts = [unknown, sides.sensitiveBefore, sides.sensitiveAfter].map(childrenOf);
  const keys = new Set([...Object.keys(inBefore), ...Object.keys(inAfter), ...Object.keys(parts[0]!)]);
  const inList = [before, after, unknown].some(Array.isArray);
  return [...keys].flatMap((key) =>
    compare(inList ? `${name}[${key}]` : name === '' ? key : `${name}.${key}`, {
      before: inBefore[key],
      after: inAfter[key],
      unknown: parts[0]![key],
      sensitiveBefore: parts[1]![key],
      sensitiveAfter: parts[2]![key],
    }),
  );
}

/** Whether to compare item by item: a list of plain values is compared as a whole. */
function isComposite(value: Json, children: JsonObject): boolean {
  if (!Array.isArray(value)) return Object.keys(children).length > 0;
  return value.some((item) => (typeof item === 'object' && item !== null) || item === true);
}

function childrenOf(value: Json): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}

function asDocument(value: Json): JsonObject | undefined {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as JsonObject;
  } catch {
    return undefined;
  }
}

/** An empty list and an absent value make no difference to the reader of a plan. */
function same(a: Json, b: Json): boolean {
  return (isNothing(a) && isNothing(b)) || JSON.stringify(a) === JSON.stringify(b);
}

function isNothing(value: Json): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function given(side: 'before' | 'after', value: Json): { readonly before?: Json; readonly after?: Json } {
  return isNothing(value) ? {} : { [side]: value };
}

function markSensitive(isSensitive: boolean): { readonly isSensitive?: true } {
  return isSensitive ? { isSensitive } : {};
}

/** The number of values that are set and known. */
export function countKnown(value: Json, unknown: Json): number {
  if (unknown === true || isNothing(value)) return 0;
  if (typeof value !== 'object') return 1;
  const below = childrenOf(unknown);
  return Object.entries(value as JsonObject).reduce((sum, [key, item]) => sum + countKnown(item, below[key]), 0);
}

/** The distinct names of values known only after apply, without indexes. */
export function unknownNames(unknown: Json): readonly string[] {
  const names = new Set<string>();
  const walk = (value: Json, name: string): void => {
    if (value === true) names.add(name);
    else if (Array.isArray(value)) for (const item of value) walk(item, name);
    else for (const [key, item] of Object.entries(childrenOf(value))) walk(item, name === '' ? key : `${name}.${key}`);
  };
  walk(unknown, '');
  return [...names].filter((name) => name !== '').sort();
}

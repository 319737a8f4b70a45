import type { Block } from '../schema/schema';
import { isList, isObject, type ObjectValue, type Value } from '../wire/values';
import type { Path } from './plan-change';
import type { ConfigProblem } from './syntax';

/** Required arguments that are null: Terraform itself only rejects those that are absent. */
export function missingArguments(block: Block, config: ObjectValue): readonly ConfigProblem[] {
  return [...missing(block, config, [])];
}

function* missing(block: Block, config: ObjectValue, path: Path): Generator<ConfigProblem> {
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const value = config[name] ?? null;
    if (attribute.required && value === null) {
      yield {
        summary: 'Missing required argument',
        detail: `The argument "${name}" is required, but its value is null.`,
        path: [...path, name],
      };
    }
    if (attribute.nested) {
      yield* inObjects({ attributes: attribute.nested.attributes, blocks: {} }, value, [...path, name]);
    }
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    yield* inObjects(nested.block, config[name] ?? null, [...path, name]);
  }
}

function* inObjects(block: Block, value: Value, path: Path): Generator<ConfigProblem> {
  if (isObject(value)) yield* missing(block, value, path);
  else if (isList(value)) {
    for (const [index, item] of value.entries()) if (isObject(item)) yield* missing(block, item, [...path, index]);
  }
}

import { PlannedStack } from '../planned-stack';
import { typeName, type ResourceType } from '../resource-type';
import type { Attributes, SynthesizedStack } from '../synthesized-stack';
import { differences, type Difference } from './differences';
import { resolveTokens } from './expected';
import { shapeOf, type Shape } from './shape';
import { toCamelCase, unrecognizedNames } from './attribute-names';
import { show } from './show';
import type { MatcherResult } from './matcher-result';

interface Candidate {
  readonly resource: { readonly address: string; readonly path: string };
  readonly differences: readonly Difference[];
}

/** How many differences of the closest candidate are shown. */
const MAX_DIFFERENCES = 12;

/** Whether a stack has a resource of a type that matches the expected props. */
export function hasResource(
  stack: SynthesizedStack | PlannedStack,
  type: ResourceType,
  props: unknown = {},
): MatcherResult {
  const name = typeName(type);
  const shape = shapeOf(name);
  const unknown = [...unrecognizedNames(props, shape), ...unknownToClass(props, type, shape)];
  // Thrown, because a misspelled name would pass under .not.
  if (unknown.length > 0) throw new Error(`${name} has no attribute ${unknown.join('\n  nor ')}`);
  const construct = stack instanceof PlannedStack ? stack.synthesized?.construct : stack.construct;
  const expected = resolveTokens(props, construct);
  const candidates = stack
    .ofType(type)
    .map((resource) => ({
      resource,
      differences: differences(expected, toCamelCase(ownAttributes(resource.attributes), shape), shape),
    }))
    .sort((a, b) => a.differences.length - b.differences.length);
  const description = Object.keys(props as object).length === 0 ? name : `${name} with ${show(expected)}`;
  const [closest] = candidates;
  const pass = closest?.differences.length === 0;
  return {
    pass,
    message: () => {
      if (!closest) return `${stack.name} has no ${description}: it has no ${name}${typesOf(stack)}`;
      if (pass) return `${stack.name}: expected no ${description}, found ${located(stack, closest)}`;
      return [
        `${stack.name} has no ${description}`,
        `closest of ${candidates.length}: ${located(stack, closest)}`,
        ...closest.differences.slice(0, MAX_DIFFERENCES).map(line),
        ...(closest.differences.length > MAX_DIFFERENCES
          ? [`  and ${closest.differences.length - MAX_DIFFERENCES} more`]
          : []),
      ].join('\n');
    },
  };
}

function ownAttributes(attributes: Attributes): Attributes {
  const { '//': _, ...own } = attributes;
  return own;
}

/** Without a schema, a class's prototype has the names of its attributes. */
function unknownToClass(props: unknown, type: ResourceType, shape: Shape): readonly string[] {
  if (typeof type === 'string' || shape.kind !== 'unknown') return [];
  return Object.keys(props as object).filter((key) => !(key in type.prototype));
}

function located(stack: { readonly name: string }, { resource }: Candidate): string {
  return `${stack.name}/${resource.path} (${resource.address})`;
}

function line({ path, expected, actual }: Difference): string {
  return `  ${path || 'value'}: expected ${show(expected)}, found ${show(actual)}`;
}

function typesOf({ resources }: { readonly resources: readonly { readonly type: string }[] }): string {
  const types = [...new Set(resources.map(({ type }) => type))].sort();
  return types.length === 0 ? '' : `; it has ${types.slice(0, 20).join(', ')}${types.length > 20 ? ', ...' : ''}`;
}

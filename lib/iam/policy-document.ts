import { checkedBy, list, object, oneOf, optional, record, shapeProblems, text, type Shape } from '../core/shape';

/** One statement of an IAM policy. Lists keep their order; write them sorted. */
export interface Statement {
  readonly sid?: string;
  /** @default 'Allow' */
  readonly effect?: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /**
   * ARNs or patterns. A trust policy has none.
   * @default none
   */
  readonly resources?: readonly string[];
  /** Principals by type: `{ Service: ['eks.amazonaws.com'] }`. Only in trust and resource policies. */
  readonly principals?: Readonly<Partial<Record<PrincipalKind, readonly string[]>>>;
  /** By operator and key: `{ StringEquals: { 'aws:SourceAccount': ['123456789012'] } }`. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export type PrincipalKind = 'AWS' | 'Service' | 'Federated';

const TEXTS = list(text());
/** IAM rejects an empty list, or matches nothing with it. */
const VALUES: Shape<readonly string[]> = checkedBy('a list', (given, path) =>
  Array.isArray(given) && given.length === 0
    ? [`${path} is empty: list at least one`]
    : shapeProblems(given, TEXTS, path),
);

/** By operator and key. */
export const CONDITIONS = record(record(VALUES));

export const STATEMENT = object<Statement>({
  sid: optional(text()),
  effect: optional(oneOf('Allow', 'Deny')),
  actions: VALUES,
  resources: optional(VALUES),
  principals: optional(
    object<Partial<Record<PrincipalKind, readonly string[]>>>({
      AWS: optional(VALUES),
      Service: optional(VALUES),
      Federated: optional(VALUES),
    }),
  ),
  conditions: optional(CONDITIONS),
});

/**
 * An IAM policy as JSON, normalized as AWS returns it (one value instead of a list of one), so that a second plan shows
 * no changes.
 */
export function policyDocument(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements.map(canonical) });
}

function canonical(statement: Statement): Record<string, unknown> {
  const { sid, effect = 'Allow', actions, resources, principals, conditions } = statement;
  return {
    ...(sid && { Sid: sid }),
    Effect: effect,
    ...(principals && { Principal: mapValues(principals, oneOrMany) }),
    Action: oneOrMany(actions),
    ...(resources && { Resource: oneOrMany(resources) }),
    ...(conditions && { Condition: mapValues(conditions, (byKey) => mapValues(byKey, oneOrMany)) }),
  };
}

function oneOrMany(values: readonly string[] | undefined): string | readonly string[] {
  return values?.length === 1 ? values[0]! : (values ?? []);
}

function mapValues<T, U>(object: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}

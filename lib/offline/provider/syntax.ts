import { isList, isObject, type ObjectValue, type Value } from '../wire/values';
import type { Path } from './plan-change';

/** A problem that a provider's own validation would report. */
export interface ConfigProblem {
  readonly summary: string;
  readonly detail: string;
  readonly path: Path;
}

/** The attributes with a syntax, by their path without indexes, and a check that returns what is wrong with a value. */
interface Rule {
  readonly attributes: RegExp;
  readonly check: (value: string) => string | false;
}

const CIDR = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:]+)\/\d{1,3}$/i;
const ARN = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/;
/** RFC 1123. */
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  aws: [
    {
      attributes: /(^|\.)(assume_role_policy|policy|access_policies|redrive_policy)$/,
      check: (value) => !isJson(value) && 'is not a valid JSON document',
    },
    { attributes: /(^|[._])cidr_blocks?$/, check: (value) => !CIDR.test(value) && 'is not a valid CIDR block' },
    { attributes: /(^|[._])arns?$/, check: (value) => !ARN.test(value) && 'is not a valid ARN' },
  ],
  kubernetes: [
    {
      attributes: /^metadata\.namespace$/,
      check: (value) => !SUBDOMAIN.test(value) && 'is not a valid name (RFC 1123)',
    },
    { attributes: /^metadata\.name$/, check: (value) => !SUBDOMAIN.test(value) && 'is not a valid name (RFC 1123)' },
  ],
};
/** Names of roles and role bindings may contain colons and uppercase letters. */
const FREELY_NAMED = /^kubernetes_(cluster_)?role/;

/** Checks the syntaxes that all types share: CIDR blocks, ARNs, JSON documents, Kubernetes names. */
export function invalidSyntax(provider: string, type: string, config: ObjectValue): readonly ConfigProblem[] {
  const rules = FREELY_NAMED.test(type) ? [] : (RULES[provider] ?? []);
  return rules.length > 0 ? [...problems(config, [], '', rules)] : [];
}

function* problems(value: Value, path: Path, name: string, rules: readonly Rule[]): Generator<ConfigProblem> {
  if (isList(value)) {
    for (const [index, item] of value.entries()) yield* problems(item, [...path, index], name, rules);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      yield* problems(item, [...path, key], name === '' ? key : `${name}.${key}`, rules);
    }
  } else if (typeof value === 'string' && value !== '') {
    for (const { attributes, check } of rules) {
      const problem = attributes.test(name) && check(value);
      if (problem) yield { summary: `Invalid ${name}`, detail: `${name} '${value}' ${problem}.`, path };
    }
  }
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

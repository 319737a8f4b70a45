import { isList, isObject, type ObjectValue, type Value } from '../wire/values';
import type { Path } from './plan-change';

/** What a provider's own validation would refuse. */
export interface ConfigProblem {
  readonly summary: string;
  readonly detail: string;
  readonly path: Path;
}

/** Which attributes have a syntax, by their path without indexes, and what is wrong with a value. */
interface Rule {
  readonly attributes: RegExp;
  readonly fault: (value: string) => string | false;
}

const CIDR = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:]+)\/\d{1,3}$/i;
const ARN = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/;
/** RFC 1123. */
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  aws: [
    {
      attributes: /(^|\.)(assume_role_policy|policy|access_policies|redrive_policy)$/,
      fault: (value) => !isJson(value) && 'is not a JSON document',
    },
    { attributes: /(^|[._])cidr_blocks?$/, fault: (value) => !CIDR.test(value) && 'is not a CIDR block' },
    { attributes: /(^|[._])arns?$/, fault: (value) => !ARN.test(value) && 'is not an ARN' },
  ],
  kubernetes: [
    { attributes: /^metadata\.namespace$/, fault: (value) => !SUBDOMAIN.test(value) && 'is not a name (RFC 1123)' },
    { attributes: /^metadata\.name$/, fault: (value) => !SUBDOMAIN.test(value) && 'is not a name (RFC 1123)' },
  ],
};
/** Names of roles and their bindings may hold colons and capitals. */
const FREELY_NAMED = /^kubernetes_(cluster_)?role/;

/** Checks the few syntaxes that are the same everywhere: CIDR blocks, ARNs, JSON documents, names in Kubernetes. */
export function invalidSyntax(provider: string, type: string, config: ObjectValue): readonly ConfigProblem[] {
  const rules = FREELY_NAMED.test(type) ? [] : (RULES[provider] ?? []);
  return rules.length > 0 ? [...faults(config, [], '', rules)] : [];
}

function* faults(value: Value, path: Path, name: string, rules: readonly Rule[]): Generator<ConfigProblem> {
  if (isList(value)) {
    for (const [index, item] of value.entries()) yield* faults(item, [...path, index], name, rules);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      yield* faults(item, [...path, key], name === '' ? key : `${name}.${key}`, rules);
    }
  } else if (typeof value === 'string' && value !== '') {
    for (const { attributes, fault } of rules) {
      const found = attributes.test(name) && fault(value);
      if (found) yield { summary: `Invalid ${name}`, detail: `${name} '${value}' ${found}.`, path };
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

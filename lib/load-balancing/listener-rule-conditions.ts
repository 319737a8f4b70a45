import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { peerCidrProblem } from '../core/peer-cidr';

/**
 * Forms and lengths. Source: "Condition types for listener rules",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
const MAX_LENGTH = 128;
/**
 * Source: "Quotas for your Application Load Balancers", rules,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const MAX_WILDCARDS = 5;
const METHOD = /^[A-Z_-]{1,40}$/;
const HEADER = /^[\w!#$%&'*+.^`|~-]{1,40}$/;

/** Those of a listener rule. */
interface Conditions {
  readonly hosts?: readonly string[];
  readonly paths?: readonly string[];
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  readonly methods?: readonly string[];
  readonly query?: readonly { readonly key?: string; readonly value: string }[];
  readonly sourceCidrs?: readonly string[];
}

/** Values that AWS would reject, or that no request has. Tokens are not checked. */
export function conditionFormProblems(conditions: Conditions): readonly string[] {
  const { hosts = [], paths = [], methods = [], query = [], sourceCidrs = [], headers = {} } = conditions;
  const texts = [
    ...of('host', hosts),
    ...of('path', paths),
    ...of(
      'query',
      query.flatMap(({ key, value }) => (key === undefined ? [value] : [key, value])),
    ),
    ...Object.entries(headers).flatMap(([name, values]) => of(`header ${name}`, values)),
  ];
  const wildcards = texts.reduce((sum, { text }) => sum + (text.match(/[*?]/g) ?? []).length, 0);
  return [
    wildcards > MAX_WILDCARDS &&
      `has ${wildcards} wildcards, AWS allows at most ${MAX_WILDCARDS} per rule: split it into several rules`,
    ...known(paths)
      .filter((path) => /\s/.test(path))
      .map((path) => `has the path '${path}', which no request has: use * for a space`),
    ...texts.map(
      ({ what, text }) =>
        text.length > MAX_LENGTH &&
        `has a ${what} of ${text.length} characters, AWS allows at most ${MAX_LENGTH}: use a wildcard`,
    ),
    ...known(methods).map((method) => methodProblem(method)),
    ...Object.keys(headers).map(
      (name) => !HEADER.test(name) && `has the header '${name}': use a name of 1 to 40 letters, digits and hyphens`,
    ),
    ...Object.keys(headers).map(
      (name) => name.toLowerCase() === 'host' && `has the header '${name}', which AWS does not allow here: use hosts`,
    ),
    ...sourceCidrs.map((cidr) => peerCidrProblem('has sourceCidrs:', cidr)),
  ].filter((problem): problem is string => typeof problem === 'string');
}

function methodProblem(method: string): Problem {
  if (METHOD.test(method)) return false;
  const upper = method.toUpperCase();
  return METHOD.test(upper)
    ? `has the method '${method}', which no request has: use '${upper}'`
    : `has the method '${method}': use one such as GET, without wildcards`;
}

function of(what: string, values: readonly string[]) {
  return known(values).map((text) => ({ what, text }));
}

function known(values: readonly string[]): readonly string[] {
  return values.filter((value) => !Token.isUnresolved(value));
}

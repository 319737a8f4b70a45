import { jsonAttribute } from '../core/canonical-json';
import { isRecord } from '../core/record';
import { jsonObject } from '../core/json-shape';

/** Values of a chart, as in its `values.yaml`. */
export type HelmValues = Readonly<Record<string, unknown>>;

export const HELM_VALUES = jsonObject("an object, as the chart's values.yaml");

/** As JSON, which is valid YAML, with sorted keys: the order of the values causes no diff. */
export function valuesText(values: HelmValues): string {
  return jsonAttribute(values, 2);
}

/** The paths of values that look like secrets. Names of Secrets and of their keys are not. */
export function secretPaths(values: HelmValues): string[] {
  return secretsIn(values, 'values');
}

/** Suffixes of names of secrets. */
const SECRET_NAME =
  /(passw(or)?d|passphrase|secret|token|(api|access|private|secret|signing|encryption)[-_]?key|credentials?)$/i;
/** Prefixes that charts use for the name of an existing Secret. */
const REFERENCE = /^(existing|external)/i;
/** Sources: the documented formats of AWS access keys, PEM, GitHub, GitLab and Slack tokens, JSON Web Tokens. */
const SECRET_TEXT =
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|\bgh[pousr]_\w{36}|\bglpat-[\w-]{20}|\bxox[abprs]-\w|hooks\.slack\.com\/services\/|\beyJ[\w-]+\.eyJ[\w-]+\.|:\/\/[^/\s:@]+:[^/\s:@]+@/;

function secretsIn(value: unknown, path: string): string[] {
  if (typeof value === 'string') return SECRET_TEXT.test(value) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => secretsIn(item, `${path}[${index}]`));
  if (!isRecord(value)) return [];
  const named = namedValue(value);
  if (named && isSecretName(named.name)) return [`${path}.value`];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && inner !== '' && isSecretName(key)
      ? [`${path}.${key}`]
      : secretsIn(inner, `${path}.${key}`),
  );
}

/** An environment variable: `{ name: 'DB_PASSWORD', value: '...' }`. */
function namedValue({ name, value }: Readonly<Record<string, unknown>>): { readonly name: string } | undefined {
  return typeof name === 'string' && typeof value === 'string' && value !== '' ? { name } : undefined;
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !REFERENCE.test(name);
}

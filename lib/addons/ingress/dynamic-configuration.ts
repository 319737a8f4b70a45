import { jsonAttribute } from '../../core/canonical-json';
import type { Problem } from '../../core/check';
import { checkOptions } from '../../core/check-props';
import { formatValue } from '../../core/format';
import { isRecord, sortedRecord } from '../../core/record';
import { jsonObject } from '../../core/json-shape';
import { object, optional, record, wholeNumber } from '../../core/shape';

/**
 * Traefik's dynamic configuration, in Traefik's own syntax, reloaded on changes. An Ingress uses a middleware with the
 * annotation `traefik.ingress.kubernetes.io/router.middlewares: <name>@file`.
 */
export interface DynamicConfiguration {
  /** By name: `{ compress: { compress: {} } }`. */
  readonly middlewares?: Definitions;
  readonly routers?: Definitions;
  readonly services?: Definitions;
  /** How Traefik connects to services: TLS, timeouts. */
  readonly serversTransports?: Definitions;
}

export type Definitions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const DEFINITIONS = record(jsonObject("a definition in Traefik's syntax"), 'definitions by name');

export const DYNAMIC_CONFIGURATION = object<DynamicConfiguration>({
  middlewares: optional(DEFINITIONS),
  routers: optional(DEFINITIONS),
  services: optional(DEFINITIONS),
  serversTransports: optional(DEFINITIONS),
});

/** JSON is valid YAML. Empty sections are omitted: Traefik rejects them. */
export function dynamicFile(configuration: DynamicConfiguration): string {
  const http = Object.fromEntries(
    Object.entries(configuration).filter(([, definitions = {}]) => Object.keys(definitions).length > 0),
  );
  return `${jsonAttribute(Object.keys(http).length > 0 ? { http } : {}, 2)}\n`;
}

/**
 * A service that distributes requests by weight across the services that Traefik creates for Ingresses, with the key
 * `<namespace>-<service>-<port>`.
 */
export function weightedService(weights: Readonly<Record<string, number>>): Readonly<Record<string, unknown>> {
  checkOptions('weightedService', weights, record(wholeNumber(0), 'weights by service'), (given) => [
    Object.values(given).every((weight) => weight === 0) && 'every weight is 0: set at least one above 0',
  ]);
  const services = Object.entries(sortedRecord(weights)).map(([name, weight]) => ({
    name: `${name}@kubernetes`,
    weight,
  }));
  return { weighted: { services } };
}

export function dynamicProblems(configuration: DynamicConfiguration): readonly Problem[] {
  return Object.entries(configuration).flatMap(([section, definitions]: [string, Definitions | undefined]) =>
    Object.entries(definitions ?? {}).flatMap(([name, definition]) => [
      ...(name.includes('@') ? [`${section} '${name}': remove the suffix from '@', Traefik appends @file`] : []),
      ...weightProblems(name, definition),
    ]),
  );
}

/** Traefik's own default for a weight is 1. */
function weightProblems(name: string, { weighted }: Readonly<Record<string, unknown>>): readonly Problem[] {
  if (!isRecord(weighted) || !Array.isArray(weighted['services'])) return [];
  const weights = weighted['services'].map((service: unknown) => (isRecord(service) ? (service['weight'] ?? 1) : 1));
  const invalid = weights.find((weight) => !Number.isInteger(weight) || (weight as number) < 0);
  if (invalid !== undefined)
    return [`services '${name}': a weight must be a whole number of at least 0, got ${formatValue(invalid)}`];
  return weights.every((weight) => weight === 0)
    ? [`services '${name}': every weight is 0: set at least one above 0`]
    : [];
}

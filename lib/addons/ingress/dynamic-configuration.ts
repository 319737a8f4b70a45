import { canonicalJson } from '../../core/canonical-json';
import type { Problem } from '../../core/check';
import { sortedRecord } from '../../core/record';

/**
 * Traefik's dynamic configuration, in Traefik's own syntax, reloaded on changes. An Ingress uses a middleware with the
 * annotation `traefik.ingress.kubernetes.io/router.middlewares: <name>@file`.
 */
export interface DynamicConfiguration {
  /** By name: `{ compress: { compress: {} } }`. */
  readonly middlewares?: Definitions;
  readonly routers?: Definitions;
  readonly services?: Definitions;
}

export type Definitions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** JSON is valid YAML. Empty sections are omitted: Traefik rejects them. */
export function dynamicFile(configuration: DynamicConfiguration): string {
  const http = Object.fromEntries(
    Object.entries(configuration).filter(([, definitions = {}]) => Object.keys(definitions).length > 0),
  );
  return `${canonicalJson(Object.keys(http).length > 0 ? { http } : {}, 2)}\n`;
}

/**
 * A service that distributes requests by weight across the services that Traefik creates for Ingresses, with the key
 * `<namespace>-<service>-<port>`.
 */
export function weightedService(weights: Readonly<Record<string, number>>): Readonly<Record<string, unknown>> {
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

function weightProblems(name: string, definition: Readonly<Record<string, unknown>>): readonly Problem[] {
  const weighted = definition['weighted'] as { readonly services: readonly { readonly weight: number }[] } | undefined;
  const weights = weighted?.services.map(({ weight }) => weight) ?? [];
  if (!weighted) return [];
  const invalid = weights.find((weight) => !Number.isInteger(weight) || weight < 0);
  if (invalid !== undefined)
    return [`services '${name}': a weight must be a whole number of at least 0, got ${invalid}`];
  return weights.every((weight) => weight === 0)
    ? [`services '${name}': every weight is 0: set at least one above 0`]
    : [];
}

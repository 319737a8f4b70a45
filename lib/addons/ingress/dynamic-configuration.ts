import type { Problem } from '../../core/check';
/**
 * What Traefik reads from a file and reloads when it changes, in Traefik's own words. An Ingress uses a middleware by the
 * annotation `traefik.ingress.kubernetes.io/router.middlewares: <name>@file`.
 */
export interface DynamicConfiguration {
  /** Each by its name: `{ compress: { compress: {} } }`. */
  readonly middlewares?: Definitions;
  readonly routers?: Definitions;
  readonly services?: Definitions;
}

export type Definitions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Traefik reads JSON as YAML. An empty section is an error of Traefik's, so it is left out. */
export function dynamicFile(configuration: DynamicConfiguration): string {
  const http = Object.fromEntries(
    Object.entries(configuration).filter(([, definitions = {}]) => Object.keys(definitions).length > 0),
  );
  return `${JSON.stringify(Object.keys(http).length > 0 ? { http } : {}, null, 2)}\n`;
}

/**
 * A service that shares its requests out by weight, among those that Traefik made for Ingresses: the key is
 * `<namespace>-<service>-<port>`.
 */
export function weightedService(weights: Readonly<Record<string, number>>): Readonly<Record<string, unknown>> {
  const services = Object.entries(weights).map(([name, weight]) => ({ name: `${name}@kubernetes`, weight }));
  return { weighted: { services } };
}

export function dynamicProblems(configuration: DynamicConfiguration): readonly Problem[] {
  return Object.entries(configuration).flatMap(([section, definitions]: [string, Definitions | undefined]) =>
    Object.entries(definitions ?? {}).flatMap(([name, definition]) => [
      ...(name.includes('@') ? [`${section} '${name}': leave out what begins with '@', Traefik appends @file`] : []),
      ...weightProblems(name, definition),
    ]),
  );
}

function weightProblems(name: string, definition: Readonly<Record<string, unknown>>): readonly Problem[] {
  const weighted = definition['weighted'] as { readonly services: readonly { readonly weight: number }[] } | undefined;
  const weights = weighted?.services.map(({ weight }) => weight) ?? [];
  if (!weighted) return [];
  const wrong = weights.find((weight) => !Number.isInteger(weight) || weight < 0);
  if (wrong !== undefined) return [`services '${name}': a weight must be a whole number of at least 0, got ${wrong}`];
  return weights.every((weight) => weight === 0) ? [`services '${name}': every weight is 0: give one more`] : [];
}

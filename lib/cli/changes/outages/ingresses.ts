import { exists, isGone, isUnknown, stays } from '../planned-resources';
import { textAt, textsAt, valuesAt } from '../values-at';
import { gone, outage, unordered, type Judge } from './verdict';

interface Route {
  /** Empty for every host. */
  readonly host: string;
  readonly path: string;
  readonly isExact: boolean;
}

/** Hosts and paths that an Ingress routes need another one. */
export const ingress: Judge = (resource, { resources }) => {
  if (!exists(resource) || !(isGone(resource) || resource.action === 'change')) return undefined;
  if (resource.action === 'change' && isUnknown(resource, 'spec.rule')) return undefined;
  const own = resource.action === 'change' ? routesOf(resource.after) : [];
  const others = resources.of('kubernetes_ingress').filter((one) => one !== resource && !isGone(one));
  const always = others.filter(stays).flatMap(({ before, after }) => {
    const now = routesOf(before);
    return routesOf(after).filter((route) => now.some((one) => covers(one, route)));
  });
  const late = others.flatMap(({ after }) => routesOf(after));
  const changed = routesOf(resource.before).filter((route) => ![...own, ...always].some((one) => covers(one, route)));
  const lost = changed.filter((route) => !late.some((one) => covers(one, route)));
  const how = isGone(resource) ? gone(resource) : 'narrowed';
  if (lost.length > 0) return outage(`${how}: no other Ingress routes ${lost.map(formatRoute).join(', ')}`);
  if (changed.length > 0)
    return unordered(`${how} while another Ingress for ${changed.map(formatRoute).join(', ')} is added`);
  return undefined;
};

/** A class whose Ingresses no controller would serve. */
export const ingressClass: Judge = (resource, { resources }) => {
  if (!exists(resource) || !isGone(resource)) return undefined;
  const name = textAt(resource.before, 'metadata.name');
  const users = resources
    .existing('kubernetes_ingress')
    .filter((one) => stays(one) && textAt(one.before, 'spec.ingress_class_name') === name);
  const controller = textAt(resource.before, 'spec.controller');
  const hasOther = resources
    .existing('kubernetes_ingress_class')
    .some((one) => one !== resource && stays(one) && textAt(one.before, 'spec.controller') === controller);
  if (hasOther && users.length === 0) return undefined;
  const whose = users.length > 0 ? users.map(({ path }) => path).join(', ') : `every Ingress of class ${name}`;
  return outage(`${gone(resource)}: the controller no longer serves ${whose}`);
};

function routesOf(ingress: unknown): readonly Route[] {
  const rules = valuesAt(ingress, 'spec.rule').flatMap((rule) => {
    const host = textAt(rule, 'host');
    const paths = valuesAt(rule, 'http.path');
    return paths.map((path) => ({
      host,
      path: textAt(path, 'path') || '/',
      isExact: textAt(path, 'path_type') === 'Exact',
    }));
  });
  const fallback = [
    ...textsAt(ingress, 'spec.default_backend.service.name'),
    ...textsAt(ingress, 'spec.backend.service_name'),
  ];
  return fallback.length > 0 ? [...rules, { host: '', path: '/', isExact: false }] : rules;
}

function covers(one: Route, route: Route): boolean {
  const host =
    one.host === '' ||
    one.host === route.host ||
    (one.host.startsWith('*.') && route.host.replace(/^[^.]+/, '*') === one.host);
  if (!host) return false;
  if (one.isExact) return route.isExact && one.path === route.path;
  const prefix = one.path.replace(/\/$/, '');
  return route.path === one.path || route.path === prefix || route.path.startsWith(`${prefix}/`);
}

function formatRoute({ host, path }: Route): string {
  return `${host || '*'}${path}`;
}

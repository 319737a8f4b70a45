import type { Problem } from '../core/check';
import type { EnvironmentProps } from './environment-props';
import { renamedEnvironmentProps } from './renamed-environment-props';

/** An example where every environment needs the prop; undefined where it may be left out. The compiler keeps it whole. */
const PROPS: {
  readonly [P in keyof Required<EnvironmentProps>]: undefined extends EnvironmentProps[P] ? undefined : string;
} = {
  name: "'production'",
  account: "'123456789012'",
  region: "'eu-west-1'",
  zones: "['eu-west-1a', 'eu-west-1b', 'eu-west-1c']",
  cidr: "'10.20.0.0/16'",
  domain: "'production.example.com'",
  parentZone: undefined,
  profile: 'EnvironmentProfile.ha()',
  access: "[{ name: 'platform', role: 'platform', policy: 'cluster-admin' }]",
  nodeGroups: undefined,
  kubernetesVersion: undefined,
  endpoint: undefined,
  nodeSecurityGroups: undefined,
  network: undefined,
  loadBalancer: undefined,
  eksAddOns: undefined,
  addOns: undefined,
  images: undefined,
  backend: undefined,
  tags: undefined,
  acknowledge: undefined,
};

const TEXTS = ['name', 'account', 'region', 'cidr', 'domain'] as const;
const LISTS = ['zones', 'access', 'nodeGroups', 'addOns'] as const;

/**
 * What is wrong with the form of an environment's data. The compiler says most of it; an environment may come from a
 * JSON file or a JavaScript program as well. Nothing else can be asked of data that has such problems.
 */
export function dataProblems(props: EnvironmentProps): readonly Problem[] {
  const data = props as unknown as Readonly<Record<string, unknown>>;
  const given = Object.keys(data).filter((prop) => data[prop] !== undefined && data[prop] !== '');
  return [
    ...Object.entries(PROPS)
      .filter(([prop, example]) => example !== undefined && !given.includes(prop))
      .map(([prop, example]) => `${prop} is missing: give it, such as ${example}`),
    ...given.flatMap(misspelledProp),
    ...renamedEnvironmentProps(props),
    ...TEXTS.filter((prop) => given.includes(prop) && typeof data[prop] !== 'string').map(
      (prop) => `${prop} must be a string, such as ${PROPS[prop]}, got ${formatValue(data[prop])}`,
    ),
    ...LISTS.filter((prop) => given.includes(prop) && !Array.isArray(data[prop])).map(
      (prop) => `${prop} must be a list, got ${formatValue(data[prop])}`,
    ),
    ...(given.includes('profile') && !isObject(data['profile'])
      ? [`profile must be one such as ${PROPS.profile}, got ${formatValue(data['profile'])}`]
      : []),
    ...(Array.isArray(data['addOns']) ? data['addOns'] : [])
      .filter((addOn) => !isObject(addOn))
      .map((addOn) => `addOns has ${formatValue(addOn)}, which is no add-on: call its function, such as ingress()`),
  ];
}

/** Props that we do not know may be a team's own; one that is nearly ours is a mistake that would go unnoticed. */
function misspelledProp(prop: string): readonly string[] {
  if (Object.hasOwn(PROPS, prop)) return [];
  const meant = Object.keys(PROPS).find((known) => normalizeName(known) === normalizeName(prop));
  return meant === undefined ? [] : [`'${prop}' is no prop of an environment: write ${meant}`];
}

function normalizeName(prop: string): string {
  return prop.toLowerCase().replace(/[-_]/g, '').replace(/s$/, '');
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function formatValue(value: unknown): string {
  if (typeof value === 'function') return `the function ${value.name}`;
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}

import { missingVersionProblem } from '../cluster/cluster-props';
import type { Problem } from '../core/check';
import { formatValue } from '../core/format';
import { shapeProblems } from '../core/shape';
import { STATE_BACKEND } from '../core/state-backend';
import { addOnFormProblems } from '../platform/add-on-form';
import type { EnvironmentProps } from './environment-props';
import { renamedEnvironmentProps } from './renamed-environment-props';

/** Every prop: an example if it is required, undefined if it is optional. The compiler keeps the list complete. */
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
  kubernetesVersion: "'1.35'",
  endpoint: undefined,
  tunnel: undefined,
  nodeSecurityGroups: undefined,
  volumeAccess: undefined,
  network: undefined,
  loadBalancer: undefined,
  eksAddOns: undefined,
  addOns: undefined,
  images: undefined,
  backend: undefined,
  tags: undefined,
  acknowledge: undefined,
};

const TEXTS = ['name', 'account', 'region', 'cidr', 'domain', 'kubernetesVersion'] as const;
const LISTS = ['zones', 'access', 'nodeGroups'] as const;

/**
 * Validates the shape of an environment's data, which may come from JSON or JavaScript, without type checks. Other
 * checks require a valid shape.
 */
export function dataProblems(props: EnvironmentProps): readonly Problem[] {
  const data = props as unknown as Readonly<Record<string, unknown>>;
  const given = Object.keys(data).filter((prop) => data[prop] !== undefined && data[prop] !== '');
  return [
    ...Object.entries(PROPS)
      .filter(([prop, example]) => example !== undefined && !given.includes(prop))
      .map(([prop, example]) =>
        prop === 'kubernetesVersion' ? missingVersionProblem() : `${prop} is required, such as ${example}`,
      ),
    ...given.flatMap(misspelledProp),
    ...renamedEnvironmentProps(props),
    ...TEXTS.filter((prop) => given.includes(prop) && typeof data[prop] !== 'string').map(
      (prop) => `${prop} must be a string, such as ${PROPS[prop]}, got ${formatValue(data[prop])}`,
    ),
    ...LISTS.filter((prop) => given.includes(prop) && !Array.isArray(data[prop])).map(
      (prop) => `${prop} must be a list, got ${formatValue(data[prop])}`,
    ),
    ...(given.includes('profile') && !isObject(data['profile'])
      ? [`profile must be a profile such as ${PROPS.profile}, got ${formatValue(data['profile'])}`]
      : []),
    ...(given.includes('backend') ? shapeProblems(data['backend'], STATE_BACKEND, 'backend') : []),
    ...(given.includes('addOns') ? addOnFormProblems(data['addOns']) : []),
  ];
}

/** Other properties may be a team's own data, but one close to a known prop is a typo that would be ignored. */
function misspelledProp(prop: string): readonly string[] {
  if (Object.hasOwn(PROPS, prop)) return [];
  const match = Object.keys(PROPS).find((known) => normalizeName(known) === normalizeName(prop));
  return match === undefined ? [] : [`unknown property '${prop}': did you mean '${match}'?`];
}

function normalizeName(prop: string): string {
  return prop.toLowerCase().replace(/[-_]/g, '').replace(/s$/, '');
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

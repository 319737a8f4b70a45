import type { IConstruct } from 'constructs';
import { check, prefixProblems, type Problem } from '../core/check';
import { backendProblems } from '../core/state-backend';
import { FACTS_VERSION, type EnvironmentFacts, type NetworkFacts } from './facts';

/** Facts as a JSON file has them: TypeScript widens its literals. */
export interface FactsData {
  readonly version: number;
  readonly name: string;
}

/** What `typeof` says, or a list. */
type Form<T> = T extends string
  ? 'string'
  : T extends number
    ? 'number'
    : T extends readonly unknown[]
      ? 'list'
      : 'object';

/** The form of each property. The compiler keeps both tables whole. */
const FORMS: { readonly [P in keyof EnvironmentFacts]: Form<EnvironmentFacts[P]> } = {
  version: 'number',
  name: 'string',
  account: 'string',
  region: 'string',
  domain: 'string',
  kubernetesVersion: 'string',
  profile: 'object',
  network: 'object',
  nodePools: 'list',
  eksAddOnRoleNames: 'object',
  ingress: 'object',
  monitoring: 'object',
  traffic: 'object',
  images: 'object',
  addOns: 'list',
  backend: 'object',
};

const NETWORK_FORMS: { readonly [P in keyof NetworkFacts]: Form<NetworkFacts[P]> } = {
  cidr: 'string',
  secondaryCidrs: 'list',
  subnets: 'list',
  serviceCidr: 'string',
  controlPlaneCidrs: 'list',
};

/**
 * Reads facts that came as data.
 * @throws ValidationError where they are of another version, or not complete
 */
export function readFacts(scope: IConstruct, data: EnvironmentFacts | FactsData): EnvironmentFacts {
  check(scope, formOf(data) !== 'object' && `facts are the object that npx quayside facts writes, got ${formOf(data)}`);
  check(scope, versionProblem(data));
  check(scope, ...formProblems(data, data, FORMS));
  const facts = data as EnvironmentFacts;
  check(
    scope,
    ...formProblems(data, facts.network, NETWORK_FORMS, 'network.'),
    ...prefixProblems(`${subject(data)}: `, backendProblems(facts.backend)),
  );
  return facts;
}

function versionProblem(data: FactsData): Problem {
  const { version } = data;
  if (version === FACTS_VERSION) return false;
  if (typeof version !== 'number') return `${subject(data)} have no version: ${rewrite(data)}`;
  const remedy =
    version > FACTS_VERSION
      ? 'upgrade quayside here'
      : `write them again with the quayside that this stack uses: npx quayside facts ${data.name}`;
  return `${subject(data)} have version ${version}, and this quayside reads version ${FACTS_VERSION}: ${remedy}`;
}

function formProblems(
  data: FactsData,
  part: object,
  forms: Readonly<Record<string, string>>,
  prefix = '',
): readonly Problem[] {
  const given = part as Readonly<Record<string, unknown>>;
  return Object.entries(forms).map(
    ([property, form]) =>
      formOf(given[property]) !== form &&
      `${subject(data)} have no valid ${prefix}${property} (${form}): ${rewrite(data)}`,
  );
}

function subject({ name }: FactsData): string {
  return typeof name === 'string' ? `the facts of environment '${name}'` : 'the facts';
}

function rewrite({ name }: FactsData): string {
  return `write them again with npx quayside facts ${typeof name === 'string' ? name : '<environment>'}`;
}

function formOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? 'list' : typeof value;
}

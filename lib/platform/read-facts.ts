import type { IConstruct } from 'constructs';
import { check, type Problem } from '../core/check';
import { FACTS_VERSION, type EnvironmentFacts } from './facts';

/** Facts as a JSON file has them: TypeScript widens its literals. */
export interface FactsData {
  readonly version: number;
  readonly name: string;
}

/** The form of each property: what `typeof` says, or a list. The compiler keeps it whole. */
const FORMS: { readonly [P in keyof EnvironmentFacts]: 'string' | 'number' | 'object' | 'list' } = {
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

/**
 * Reads facts that came as data.
 * @throws ValidationError where they are of another version, or not complete
 */
export function readFacts(scope: IConstruct, data: EnvironmentFacts | FactsData): EnvironmentFacts {
  check(scope, versionProblem(data));
  check(scope, ...formProblems(data));
  return data as EnvironmentFacts;
}

function versionProblem({ version, name }: FactsData): Problem {
  if (version === FACTS_VERSION) return false;
  const remedy =
    version > FACTS_VERSION
      ? 'upgrade quayside here'
      : `write them again with the quayside that this stack uses: npx quayside facts ${name}`;
  return `the facts of environment '${name}' have version ${version}, and this quayside reads version ${FACTS_VERSION}: ${remedy}`;
}

function formProblems(data: FactsData): readonly Problem[] {
  const given = data as unknown as Readonly<Record<string, unknown>>;
  return Object.entries(FORMS).map(
    ([property, form]) =>
      formOf(given[property]) !== form &&
      `the facts of environment '${data.name}' have no ${property}: write them again with npx quayside facts ${data.name}`,
  );
}

function formOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'list' : typeof value;
}

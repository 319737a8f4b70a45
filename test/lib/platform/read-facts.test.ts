import type { EnvironmentFacts } from '../../../lib/platform/facts';
import { readFacts, type FactsData } from '../../../lib/platform/read-facts';
import { testFacts } from '../../support/platform';
import { refusal, synthStack } from '../../support/stack';

const NAME = "the facts of environment 'production'";
const AGAIN = 'write them again with npx quayside facts production';

const refusedWith = (facts: unknown) => refusal((stack) => readFacts(stack, facts as FactsData));
const without = (...properties: readonly string[]) =>
  Object.fromEntries(Object.entries(testFacts()).filter(([property]) => !properties.includes(property)));

test('facts are the same after a file', () => {
  const facts = testFacts();
  synthStack((stack) => {
    expect(readFacts(stack, JSON.parse(JSON.stringify(facts)) as FactsData)).toEqual(facts);
  });
});

test('what a later version of the same form adds is left alone', () => {
  const facts = { ...testFacts(), queues: ['jobs'] };
  synthStack((stack) => expect(readFacts(stack, facts)).toEqual(facts));
});

test.each<{ of: string; facts: unknown; problem: string }>([
  {
    of: 'a higher version',
    facts: { ...testFacts(), version: 2 },
    problem: `${NAME} have version 2, and this quayside reads version 1: upgrade quayside here`,
  },
  {
    of: 'a higher version, whatever else it has',
    facts: { version: 3, name: 'production' },
    problem: `${NAME} have version 3, and this quayside reads version 1: upgrade quayside here`,
  },
  {
    of: 'a lower version',
    facts: { ...testFacts(), version: 0 },
    problem: `${NAME} have version 0, and this quayside reads version 1: write them again with the quayside that this stack uses: npx quayside facts production`,
  },
  { of: 'no version', facts: without('version'), problem: `${NAME} have no version: ${AGAIN}` },
  {
    of: 'a version that is a text, as of a package',
    facts: { ...testFacts(), version: '1.0.0' },
    problem: `${NAME} have no version: ${AGAIN}`,
  },
  {
    of: 'nothing',
    facts: {},
    problem: 'the facts have no version: write them again with npx quayside facts <environment>',
  },
  {
    of: 'no name',
    facts: without('name'),
    problem:
      'the facts: name is required: an environment name of lower-case letters, digits and hyphens; write them again with npx quayside facts <environment>',
  },
  { of: 'no domain', facts: without('domain'), problem: `${NAME}: domain is required: a domain name; ${AGAIN}` },
  {
    of: 'a number for an account',
    facts: { ...testFacts(), account: 123456789012 },
    problem: `${NAME}: account must be twelve digits, got 123456789012; ${AGAIN}`,
  },
  {
    of: 'a list for an object, an object for a list',
    facts: { ...testFacts(), network: [], nodePools: {} },
    problem: [
      '2 problems',
      `  - ${NAME}: network must be an object, got []; ${AGAIN}`,
      `  - ${NAME}: nodePools must be a list, got {}; ${AGAIN}`,
    ].join('\n'),
  },
  {
    of: 'null for an object',
    facts: { ...testFacts(), traffic: null },
    problem: `${NAME}: traffic must be an object, got null; ${AGAIN}`,
  },
  {
    of: 'a network without subnets',
    facts: { ...testFacts(), network: { ...testFacts().network, subnets: undefined } },
    problem: `${NAME}: network.subnets is required: a list; ${AGAIN}`,
  },
  {
    of: 'a backend of no kind',
    facts: { ...testFacts(), backend: {} },
    problem: `${NAME}: backend.kind is required: one of local, s3; ${AGAIN}`,
  },
  { of: 'null', facts: null, problem: 'facts must be the object that npx quayside facts writes, got null' },
  { of: 'a list', facts: [1], problem: 'facts must be the object that npx quayside facts writes, got [1]' },
  { of: 'a text', facts: '{}', problem: 'facts must be the object that npx quayside facts writes, got "{}"' },
  {
    of: 'a name that leaves the folder of the states',
    facts: { ...testFacts(), name: '../../other' },
    problem:
      'the facts of environment \'../../other\': name must be an environment name of lower-case letters, digits and hyphens, got "../../other"; write them again with npx quayside facts ../../other',
  },
  {
    of: 'an image policy with a misspelled key',
    facts: { ...testFacts(), images: { allowd: ['quay.io'] } },
    problem: `${NAME}: unknown property 'images.allowd': did you mean 'allowed'?; ${AGAIN}`,
  },
  {
    of: 'an ingress without its parts',
    facts: { ...testFacts(), ingress: {} },
    problem: [
      '2 problems',
      `  - ${NAME}: ingress.className is required: a string; ${AGAIN}`,
      `  - ${NAME}: ingress.namespace is required: a string; ${AGAIN}`,
    ].join('\n'),
  },
  {
    of: 'subnets of no known tier or block',
    facts: {
      ...testFacts(),
      network: { ...testFacts().network, subnets: [{ tier: 'pod', zone: 'eu-west-1a', cidr: '10.0.0.1/8' }] },
    },
    problem: [
      '2 problems',
      `  - ${NAME}: network.subnets[0].tier must be one of public, private, intra, got "pod"; ${AGAIN}`,
      `  - ${NAME}: network.subnets[0].cidr must be an IPv4 CIDR such as 10.20.0.0/16, got "10.0.0.1/8"; ${AGAIN}`,
    ].join('\n'),
  },
  {
    of: 'a pool that is null',
    facts: { ...testFacts(), nodePools: [null] },
    problem: `${NAME}: nodePools[0] must be an object, got null; ${AGAIN}`,
  },
  {
    of: 'an S3 backend without its bucket',
    facts: { ...testFacts(), backend: { kind: 's3', region: 'eu-west-1', keyPrefix: 5 } },
    problem: [
      '2 problems',
      `  - ${NAME}: backend.bucket is required: the name of an S3 bucket; ${AGAIN}`,
      `  - ${NAME}: backend.keyPrefix must be a string, got 5; ${AGAIN}`,
    ].join('\n'),
  },
])('facts of $of are refused', ({ facts, problem }) => {
  expect(refusedWith(facts)).toBe(`test: ${problem}`);
});

test.each(Object.keys(testFacts()).filter((property) => property !== 'version'))('%s is required', (property) => {
  const problem = refusedWith(without(property));
  expect(problem).toContain(`: ${property} is required: `);
  expect(problem).not.toContain('problems');
});

test('data whose literals TypeScript has widened is read as facts', () => {
  const widened: { version: number; name: string; profile: { name: string } } = testFacts();
  synthStack((stack) => {
    const facts: EnvironmentFacts = readFacts(stack, widened);
    expect(facts.profile.name).toBe('business');
  });
});

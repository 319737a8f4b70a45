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
    problem: 'the facts have no valid name (string): write them again with npx quayside facts <environment>',
  },
  { of: 'no domain', facts: without('domain'), problem: `${NAME} have no valid domain (string): ${AGAIN}` },
  {
    of: 'a number for an account',
    facts: { ...testFacts(), account: 123456789012 },
    problem: `${NAME} have no valid account (string): ${AGAIN}`,
  },
  {
    of: 'a list for an object, an object for a list',
    facts: { ...testFacts(), network: [], nodePools: {} },
    problem: [
      '2 problems',
      `  - ${NAME} have no valid network (object): ${AGAIN}`,
      `  - ${NAME} have no valid nodePools (list): ${AGAIN}`,
    ].join('\n'),
  },
  {
    of: 'null for an object',
    facts: { ...testFacts(), traffic: null },
    problem: `${NAME} have no valid traffic (object): ${AGAIN}`,
  },
  {
    of: 'a network without subnets',
    facts: { ...testFacts(), network: { ...testFacts().network, subnets: undefined } },
    problem: `${NAME} have no valid network.subnets (list): ${AGAIN}`,
  },
  {
    of: 'a backend of no kind',
    facts: { ...testFacts(), backend: {} },
    problem: `${NAME}: backend.kind must be one of local, s3, got 'undefined'`,
  },
  { of: 'null', facts: null, problem: 'facts are the object that npx quayside facts writes, got null' },
  { of: 'a list', facts: [testFacts()], problem: 'facts are the object that npx quayside facts writes, got list' },
  { of: 'a text', facts: '{}', problem: 'facts are the object that npx quayside facts writes, got string' },
])('facts of $of are refused', ({ facts, problem }) => {
  expect(refusedWith(facts)).toBe(`test: ${problem}`);
});

test.each(Object.keys(testFacts()).filter((property) => property !== 'version'))('%s is required', (property) => {
  const problem = refusedWith(without(property));
  expect(problem).toContain(` have no valid ${property} (`);
  expect(problem).not.toContain('problems');
});

test('data whose literals TypeScript has widened is read as facts', () => {
  const widened: { version: number; name: string; profile: { name: string } } = testFacts();
  synthStack((stack) => {
    const facts: EnvironmentFacts = readFacts(stack, widened);
    expect(facts.profile.name).toBe('business');
  });
});

import type { EnvironmentFacts } from '../../../lib/platform/facts';
import { readFacts, type FactsData } from '../../../lib/platform/read-facts';
import { testFacts } from '../../support/platform';
import { refusal, synthStack } from '../../support/stack';

const NAME = "the facts of environment 'production'";
const REGENERATE = 'regenerate them where the environment is defined: npx quayside facts production';

const refusedWith = (facts: unknown) => refusal((stack) => readFacts(stack, facts as FactsData));
const without = (...properties: readonly string[]) =>
  Object.fromEntries(Object.entries(testFacts()).filter(([property]) => !properties.includes(property)));

test('facts survive a round trip through JSON', () => {
  const facts = testFacts();
  synthStack((stack) => {
    expect(readFacts(stack, JSON.parse(JSON.stringify(facts)) as FactsData)).toEqual(facts);
  });
});

test('additional node ports may be missing, as in facts of earlier releases', () => {
  const facts = testFacts();
  const traffic = { ...facts.traffic, additionalNodePorts: { http: [31000] } };
  synthStack((stack) => {
    for (const given of [facts, { ...facts, traffic }]) expect(readFacts(stack, given)).toEqual(given);
  });
});

test.each([undefined, ['example.org']])(
  'further domains are %p, and missing in facts of earlier releases',
  (domains) => {
    const facts = { ...testFacts(), ...(domains && { domains }) };
    synthStack((stack) => expect(readFacts(stack, facts)).toEqual(facts));
  },
);

test('additional properties are kept', () => {
  const facts = { ...testFacts(), queues: ['jobs'] };
  synthStack((stack) => expect(readFacts(stack, facts)).toEqual(facts));
});

test.each<{ of: string; facts: unknown; problem: string }>([
  {
    of: 'a higher version',
    facts: { ...testFacts(), version: 2 },
    problem: `${NAME} have version 2, but the installed quayside supports version 1: upgrade quayside`,
  },
  {
    of: 'a higher version, without other properties',
    facts: { version: 3, name: 'production' },
    problem: `${NAME} have version 3, but the installed quayside supports version 1: upgrade quayside`,
  },
  {
    of: 'a lower version',
    facts: { ...testFacts(), version: 0 },
    problem: `${NAME} have version 0, but the installed quayside supports version 1: regenerate them with the installed version: npx quayside facts production`,
  },
  { of: 'no version', facts: without('version'), problem: `${NAME} have no version: ${REGENERATE}` },
  {
    of: 'a string as version, like that of a package',
    facts: { ...testFacts(), version: '1.0.0' },
    problem: `${NAME} have no version: ${REGENERATE}`,
  },
  {
    of: 'nothing',
    facts: {},
    problem:
      'the facts have no version: regenerate them where the environment is defined: npx quayside facts <environment>',
  },
  {
    of: 'no name',
    facts: without('name'),
    problem:
      'the facts: name is required: an environment name of lowercase letters, digits and hyphens; regenerate them where the environment is defined: npx quayside facts <environment>',
  },
  { of: 'no domain', facts: without('domain'), problem: `${NAME}: domain is required: a domain name; ${REGENERATE}` },
  {
    of: 'a number as account',
    facts: { ...testFacts(), account: 123456789012 },
    problem: `${NAME}: account must be twelve digits, got 123456789012; ${REGENERATE}`,
  },
  {
    of: 'the class of the ingress in other letters',
    facts: { ...testFacts(), ingress: { className: 'Traefik', namespace: 'ingress' } },
    problem: `${NAME}: ingress.className 'Traefik' is not a valid name of a Kubernetes object: use lower-case letters, digits and '-', with a letter or digit at both ends; ${REGENERATE}`,
  },
  {
    of: 'a list instead of an object, an object instead of a list',
    facts: { ...testFacts(), network: [], nodePools: {} },
    problem: [
      '2 problems',
      `  - ${NAME}: network must be an object, got []; ${REGENERATE}`,
      `  - ${NAME}: nodePools must be a list, got {}; ${REGENERATE}`,
    ].join('\n'),
  },
  {
    of: 'null instead of an object',
    facts: { ...testFacts(), traffic: null },
    problem: `${NAME}: traffic must be an object, got null; ${REGENERATE}`,
  },
  {
    of: 'additional node ports that are not a list',
    facts: { ...testFacts(), traffic: { ...testFacts().traffic, additionalNodePorts: { http: 31000 } } },
    problem: `${NAME}: traffic.additionalNodePorts.http must be a list, got 31000; ${REGENERATE}`,
  },
  {
    of: 'a network without subnets',
    facts: { ...testFacts(), network: { ...testFacts().network, subnets: undefined } },
    problem: `${NAME}: network.subnets is required: a list; ${REGENERATE}`,
  },
  {
    of: 'a backend without a kind',
    facts: { ...testFacts(), backend: {} },
    problem: `${NAME}: backend.kind is required: one of local, s3; ${REGENERATE}`,
  },
  { of: 'null', facts: null, problem: 'facts must be the object that npx quayside facts writes, got null' },
  { of: 'a list', facts: [1], problem: 'facts must be the object that npx quayside facts writes, got [1]' },
  { of: 'a string', facts: '{}', problem: "facts must be the object that npx quayside facts writes, got '{}'" },
  {
    of: 'a name that escapes the directory of the states',
    facts: { ...testFacts(), name: '../../other' },
    problem:
      "the facts of environment '../../other': name must be an environment name of lowercase letters, digits and hyphens, got '../../other'; regenerate them where the environment is defined: npx quayside facts ../../other",
  },
  {
    of: 'an image policy with a misspelled key',
    facts: { ...testFacts(), images: { allowd: ['quay.io'] } },
    problem: `${NAME}: unknown property 'images.allowd': did you mean 'allowed'?; ${REGENERATE}`,
  },
  {
    of: 'an ingress without its properties',
    facts: { ...testFacts(), ingress: {} },
    problem: [
      '2 problems',
      `  - ${NAME}: ingress.className is required: a string; ${REGENERATE}`,
      `  - ${NAME}: ingress.namespace is required: a string; ${REGENERATE}`,
    ].join('\n'),
  },
  {
    of: 'subnets with an unknown tier or an invalid CIDR',
    facts: {
      ...testFacts(),
      network: { ...testFacts().network, subnets: [{ tier: 'pod', zone: 'eu-west-1a', cidr: '10.0.0.1/8' }] },
    },
    problem: [
      '2 problems',
      `  - ${NAME}: network.subnets[0].tier must be one of public, private, intra, got 'pod'; ${REGENERATE}`,
      `  - ${NAME}: network.subnets[0].cidr must be an IPv4 CIDR block, such as 10.20.0.0/16, got '10.0.0.1/8'; ${REGENERATE}`,
    ].join('\n'),
  },
  {
    of: 'a node pool that is null',
    facts: { ...testFacts(), nodePools: [null] },
    problem: `${NAME}: nodePools[0] must be an object, got null; ${REGENERATE}`,
  },
  {
    of: 'an S3 backend without its bucket',
    facts: { ...testFacts(), backend: { kind: 's3', region: 'eu-west-1', keyPrefix: 5 } },
    problem: [
      '2 problems',
      `  - ${NAME}: backend.bucket is required: the name of a bucket: 3 to 63 lowercase letters, digits, dots and hyphens; ${REGENERATE}`,
      `  - ${NAME}: backend.keyPrefix must be a prefix without a leading slash, got 5; ${REGENERATE}`,
    ].join('\n'),
  },
])('facts of $of are rejected', ({ facts, problem }) => {
  expect(refusedWith(facts)).toBe(`test: ${problem}`);
});

test.each(Object.keys(testFacts()).filter((property) => property !== 'version'))('%s is required', (property) => {
  const problem = refusedWith(without(property));
  expect(problem).toContain(`: ${property} is required: `);
  expect(problem).not.toContain('problems');
});

test('data with widened literals is accepted', () => {
  const widened: { version: number; name: string; profile: { name: string } } = testFacts();
  synthStack((stack) => {
    const facts: EnvironmentFacts = readFacts(stack, widened);
    expect(facts.profile.name).toBe('business');
  });
});

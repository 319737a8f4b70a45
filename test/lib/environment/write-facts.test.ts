import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Token, type App } from 'cdktf';
import { Construct } from 'constructs';
import { FACTS_VARIABLE } from '../../../lib/core/facts-variable';
import { Environment } from '../../../lib/environment/environment';
import { environmentFacts } from '../../../lib/environment/environment-facts';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { writeFacts } from '../../../lib/environment/write-facts';
import type { EnvironmentFacts } from '../../../lib/platform/facts';
import { testFacts } from '../../support/platform';
import { APPS_GROUP, appFor, environment, refused } from './fixtures';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'quayside-facts-'));
  process.env[FACTS_VARIABLE] = directory;
});
afterEach(() => {
  delete process.env[FACTS_VARIABLE];
  rmSync(directory, { recursive: true, force: true });
});

const production = environment({ name: 'production', cidr: '10.40.0.0/16', domain: 'production.example.com' });
const text = (name: string) => readFileSync(join(directory, `${name}.json`), 'utf8');
const written = () => readdirSync(directory).sort();
function build(app: App, ...all: readonly EnvironmentProps[]): void {
  for (const props of all) new Environment(app, props);
}

/** Like an attribute of a resource. */
const unknown = () => Token.asString({ resolve: () => 'x' });

test('each environment writes a file with its facts', () => {
  build(appFor(), environment(), production);
  expect(written()).toEqual(['production.json', 'staging.json']);
  expect(JSON.parse(text('staging'))).toStrictEqual(environmentFacts(environment()));
  expect(text('staging')).toMatch(/^\{\n {2}"account": "123456789012",\n[^]*\n\}\n$/);
});

test.each([undefined, ''])('nothing is written if the variable is %p', (variable) => {
  if (variable === undefined) delete process.env[FACTS_VARIABLE];
  else process.env[FACTS_VARIABLE] = variable;
  build(appFor(), environment());
  expect(written()).toEqual([]);
});

test('the order of keys does not change the file', () => {
  const reversed = (value: unknown): unknown =>
    value === null || typeof value !== 'object' || Array.isArray(value)
      ? value
      : Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, item]) => [key, reversed(item)]),
        );
  const backend = { kind: 's3', bucket: 'states', region: 'eu-west-1', keyPrefix: undefined } as const;
  const props = environment({ backend, images: { pin: 'digest', allowed: ['registry.example.com'] } });
  build(appFor(), props);
  const first = text('staging');
  build(appFor(), reversed(props) as EnvironmentProps);
  expect(text('staging')).toBe(first);
  expect(first).not.toContain('undefined');
});

describe('an environment that is not selected', () => {
  test.each<{ of: string; other: Partial<EnvironmentProps> }>([
    { of: 'with a mistake', other: { zones: [] } },
    { of: 'whose domain is known after apply', other: { domain: unknown() } },
  ])('$of does not prevent writing the facts of others', ({ other }) => {
    build(appFor('staging'), { ...production, ...other }, environment());
    expect(written()).toEqual(['staging.json']);
  });
});

test.each<{ props: Partial<EnvironmentProps>; rejected: RegExp }>([
  { props: { zones: ['eu-west-1a'] }, rejected: /^staging-infrastructure: / },
  {
    props: { domain: '_x.example.com' },
    rejected: /^staging-infrastructure\/certificate: .*domainName '_x\.example\.com'/s,
  },
])('an invalid environment writes no facts: $props', ({ props, rejected }) => {
  expect(refused(() => build(appFor(), environment(props)))).toMatch(rejected);
  expect(written()).toEqual([]);
});

describe('facts that environmentRef would reject are rejected where they are written', () => {
  test.each<{ props: object; problem: string }>([
    {
      props: { backend: { kind: 's3', bucket: 'states', region: 'eu-west-1', secretKey: 'x' } },
      problem: "unknown property 'backend.secretKey'",
    },
    { props: { images: { alowed: [] } }, problem: "unknown property 'images.alowed': did you mean 'allowed'?" },
    {
      props: { nodeGroups: [{ ...APPS_GROUP, maxSize: Token.asNumber({ resolve: () => 9 }) }] },
      problem: 'nodePools[0].maxNodes must be a whole number, got -',
    },
  ])('$problem', ({ props, problem }) => {
    expect(refused(() => build(appFor(), environment(props as Partial<EnvironmentProps>)))).toContain(
      `staging: ${problem}`,
    );
    expect(written()).toEqual([]);
  });
});

describe('a value known only after apply is rejected with its path', () => {
  const REASON = 'is known only after apply, but facts are exported at synthesis: use a literal';

  test.each<{ of: string; facts: Partial<EnvironmentFacts>; paths: string[] }>([
    { of: 'the domain', facts: { domain: unknown() }, paths: ['domain'] },
    { of: 'a part of a text', facts: { domain: `a.${unknown()}` }, paths: ['domain'] },
    {
      of: 'a number',
      facts: { profile: { ...testFacts().profile, replicas: Token.asNumber({ resolve: () => 3 }) } },
      paths: ['profile.replicas'],
    },
    {
      of: 'an item of a list',
      facts: { images: { allowed: ['registry.example.com', unknown()] } },
      paths: ['images.allowed.1'],
    },
    {
      of: 'a list',
      facts: { addOns: Token.asList({ resolve: () => ['x'] }) },
      paths: ['addOns'],
    },
    {
      of: 'a key',
      facts: { images: { mirrors: { [unknown()]: 'registry.example.com' } } },
      paths: ['images.mirrors'],
    },
    { of: 'a reference as text', facts: { domain: '${aws_route53_zone.zone.name}' }, paths: ['domain'] },
    {
      of: 'several at once',
      facts: {
        domain: unknown(),
        images: { mirrors: { 'docker.io': unknown() } },
      },
      paths: ['domain', 'images.mirrors.docker.io'],
    },
  ])('$of', ({ facts, paths }) => {
    const scope = new Construct(appFor(), 'production');
    const lines = paths.map((path) => `${path} ${REASON}`);
    expect(refused(() => writeFacts(scope, directory, testFacts(facts)))).toBe(
      lines.length === 1
        ? `production: ${lines[0]}`
        : ['production: 2 problems', ...lines.map((line) => `  - ${line}`)].join('\n'),
    );
    expect(written()).toEqual([]);
  });

  test('of an environment, with the name of the environment', () => {
    const props = environment({ images: { mirrors: { 'docker.io': unknown() } } });
    expect(refused(() => build(appFor(), props))).toBe(`staging: images.mirrors.docker.io ${REASON}`);
  });
});

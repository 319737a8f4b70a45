import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ProviderPackage } from '../../../../lib/offline/schema/provider-package';

const AWS = dirname(require.resolve('@cdktf/provider-aws/package.json'));
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'offline-test-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const message = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
};

function fakePackage(indexJs: string): ProviderPackage {
  mkdirSync(join(directory, 'lib', 'thing'), { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{"name":"@cdktf/provider-fake","version":"1.0.0"}');
  writeFileSync(join(directory, 'lib', 'thing', 'index.js'), indexJs);
  return new ProviderPackage('fake', directory, join(directory, 'cache'));
}

test('a provider that is not installed', () => {
  expect(message(() => ProviderPackage.find('nowhere', [directory]))).toBe(
    `no schema for provider 'nowhere': install @cdktf/provider-nowhere, from which the offline plan derives it (searched in and above ${directory})`,
  );
});

test('an unknown type', () => {
  const provider = fakePackage('');
  expect(message(() => provider.schema('resource', 'fake_stone'))).toBe(
    '@cdktf/provider-fake@1.0.0 has no resource type fake_stone',
  );
});

test('a file without a source map', () => {
  const provider = fakePackage('Thing.tfResourceType = "fake_thing";');
  expect(message(() => provider.schema('resource', 'fake_thing'))).toBe(
    `@cdktf/provider-fake@1.0.0: the schema of thing cannot be derived: ${join(directory, 'lib/thing/index.js')} has no inline source map`,
  );
});

describe('the cache', () => {
  const schemas = () => new ProviderPackage('aws', AWS, directory);
  const entry = () =>
    join(directory, 'schemas-1', readdirSync(join(directory, 'schemas-1'))[0]!, 'resource-aws_vpc.json');

  test('stores derived schemas by package version', () => {
    const derived = schemas().schema('resource', 'aws_vpc');
    expect(JSON.parse(readFileSync(entry(), 'utf8'))).toEqual(derived);
    expect(schemas().schema('resource', 'aws_vpc')).toEqual(derived);
  });

  test('derives an unreadable entry again', () => {
    const derived = schemas().schema('resource', 'aws_vpc');
    writeFileSync(entry(), '{"attributes":{"cut');
    expect(schemas().schema('resource', 'aws_vpc')).toEqual(derived);
    expect(JSON.parse(readFileSync(entry(), 'utf8'))).toEqual(derived);
  });

  test('leaves no temporary file behind', () => {
    schemas().schema('resource', 'aws_vpc');
    expect(readdirSync(dirname(entry()))).toEqual(['resource-aws_vpc.json']);
  });

  test('is optional if it cannot be written', () => {
    writeFileSync(join(directory, 'file'), '');
    const provider = new ProviderPackage('aws', AWS, join(directory, 'file', 'below'));
    expect(provider.schema('data', 'aws_region').attributes['region']).toEqual({
      type: 'string',
      optional: true,
      computed: true,
    });
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { camelCase, shapeOf } from '../../../lib/testing/match/shape';

const DOCUMENTED = /#(\w+) \w+#\1\}\n\s*\*\/\s*readonly (\w+)\??:/g;
/** A sample, as reading all of them is slow. */
const EVERY = 8;

test.each(['aws', 'kubernetes'])('names are as in the classes of %s', (provider) => {
  const lib = join(__dirname, '..', '..', '..', 'node_modules', '@cdktf', `provider-${provider}`, 'lib');
  const files = readdirSync(lib)
    .map((folder) => join(lib, folder, 'index.d.ts'))
    .filter((file, at) => at % EVERY === 0 && existsSync(file));
  const names = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(DOCUMENTED)]);
  expect(names.length).toBeGreaterThan(200);
  const others = names.filter(
    ([, name, spelled]) => ![camelCase(name!), `${camelCase(name!)}Attribute`].includes(spelled!),
  );
  expect(others.map(([, name, spelled]) => `${name} ${spelled}`)).toEqual([]);
});

test.each([
  ['cidr_block', 'cidrBlock'],
  ['ipv6_cidr_block', 'ipv6CidrBlock'],
  ['enable_http2', 'enableHttp2'],
  ['checksum_crc32c', 'checksumCrc32C'],
  ['m2ts_settings', 'm2TsSettings'],
])('%s is %s', (name, spelled) => {
  expect(camelCase(name)).toBe(spelled);
});

test('a provider whose package is not installed has no known names', () => {
  expect(shapeOf('nosuch_thing')).toEqual({ kind: 'unknown' });
});

test('an unknown type is an error', () => {
  expect(() => shapeOf('aws_no_such_thing')).toThrow(
    /^@cdktf\/provider-aws@\S+ has no resource type aws_no_such_thing$/,
  );
});

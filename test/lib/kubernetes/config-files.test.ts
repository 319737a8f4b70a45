import { ConfigFiles } from '../../../lib/kubernetes/config-files';
import { refusal } from '../../support/stack';
import { synth } from './fixtures';

const namespace = { namespaceName: 'shop' };
const identity = { name: 'api', partOf: 'shop' };

const build = (files: Record<string, string>) => {
  let hash = '';
  const stack = synth((scope) => {
    hash = new ConfigFiles(scope, 'files', { namespace, identity, files }).hash;
  });
  return { stack, hash };
};

test('configuration files have a hash that changes with them', () => {
  expect(build({ a: '1' }).hash).toBe(build({ a: '1' }).hash);
  expect(build({ a: '1' }).hash).not.toBe(build({ a: '2' }).hash);
});

test('configuration files refuse names that are no files, and more than fits', () => {
  expect(
    refusal((scope) => new ConfigFiles(scope, 'files', { namespace, identity, files: { 'a/b': 'x'.repeat(1048577) } })),
  ).toBe(
    [
      'test/files: 2 problems',
      "  - files has 'a/b': use at most 253 letters, digits, '-', '_' and '.', not '..' at the start",
      '  - files has 1048577 bytes, Kubernetes allows at most 1048576: split them into several ConfigFiles',
    ].join('\n'),
  );
});

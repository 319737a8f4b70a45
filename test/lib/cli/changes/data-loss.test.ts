import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { STATEFUL_TYPES, dataLostWith } from '../../../../lib/cli/changes/data-loss';

test.each<[string, string | undefined]>([
  ['aws_db_instance', 'a database'],
  ['aws_subnet', undefined],
  ['aws_eks_node_group', undefined],
  ['kubernetes_persistent_volume_claim_v1', 'a volume'],
  ['kubernetes_stateful_set', 'the state of its pods'],
  ['kubernetes_deployment_v1', undefined],
  ['terraform_data', undefined],
  ['random_password', 'data unknown to quayside'],
])('%s holds %s', (type, holds) => {
  expect(dataLostWith(type)).toBe(holds);
});

test.each([
  { policy: 'Delete', claims: [{}], holds: 'the volumes of its claims' },
  { policy: 'Retain', claims: [{}], holds: 'the state of its pods' },
  { policy: 'Delete', claims: [], holds: 'the state of its pods' },
])('a set with $claims.length claims, and when_deleted $policy, holds $holds', ({ policy, claims, holds }) => {
  const set = {
    spec: [
      {
        persistent_volume_claim_retention_policy: [{ when_deleted: policy }],
        volume_claim_template: claims,
      },
    ],
  };
  expect(dataLostWith('kubernetes_stateful_set_v1', set)).toBe(holds);
});

/** Types that only other versions of the provider have. */
const OTHER_VERSIONS = new Set(['aws_qldb_ledger']);

test('every type in the table exists in its provider', () => {
  const missing = Object.keys(STATEFUL_TYPES).filter((type) => !OTHER_VERSIONS.has(type) && !exists(type));
  expect(missing).toEqual([]);
});

function exists(type: string): boolean {
  const [, provider, name] = /^([a-z]+)_(.*)$/.exec(type)!;
  const lib = join(dirname(require.resolve(`@cdktf/provider-${provider}/package.json`)), 'lib');
  const folder = name!.replaceAll('_', '-');
  return [folder, `${folder}-v1`].some((one) => {
    const file = join(lib, one, 'index.d.ts');
    return existsSync(file) && readFileSync(file, 'utf8').includes(`"${type}`);
  });
}

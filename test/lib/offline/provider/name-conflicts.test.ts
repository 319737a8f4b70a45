import { nameConflicts } from '../../../../lib/offline/provider/name-conflicts';
import type { TerraformJson } from '../../../../lib/offline/terraform-json';
import { planned } from '../../cli/support/plans';

const role = (path: string, name: string) => ({
  created: planned(path, 'aws_iam_role', ['create'], { after: { name } }),
  deleted: planned(path, 'aws_iam_role', ['delete'], { before: { name } }),
});
const ONE: TerraformJson = { provider: { aws: [{ region: 'eu-west-1' }, { region: 'us-east-1', alias: 'usa' }] } };
const TWO: TerraformJson = {
  provider: { aws: [{ allowed_account_ids: ['1'] }, { allowed_account_ids: ['2'], alias: 'other' }] },
};

test.each<{ what: string; plan: Parameters<typeof nameConflicts>[0]; json?: TerraformJson; found: number }>([
  { what: 'a name that moves to another resource', plan: [role('a', 'x').deleted, role('b', 'x').created], found: 1 },
  { what: 'another name', plan: [role('a', 'x').deleted, role('b', 'y').created], found: 0 },
  { what: 'nothing that is deleted', plan: [role('a', 'x').created, role('b', 'x').created], found: 0 },
  {
    what: 'a replacement, which is one resource',
    plan: [planned('a', 'aws_iam_role', ['delete', 'create'], { before: { name: 'x' }, after: { name: 'x' } })],
    found: 0,
  },
  {
    what: 'two regions, for a regional type',
    plan: [
      planned('a', 'aws_lb', ['delete'], { before: { name: 'x', region: 'eu-west-1' } }),
      planned('b', 'aws_lb', ['create'], { after: { name: 'x', region: 'us-east-1' } }),
    ],
    found: 0,
  },
  {
    what: 'providers of two accounts, as a plan does not tell which is used',
    plan: [role('a', 'x').deleted, role('b', 'x').created],
    json: TWO,
    found: 0,
  },
  {
    what: 'a Kubernetes object',
    plan: [
      planned('a', 'kubernetes_service_v1', ['delete'], { before: { metadata: [{ name: 'x', namespace: 'n' }] } }),
      planned('b', 'kubernetes_service_v1', ['create'], { after: { metadata: [{ name: 'x', namespace: 'n' }] } }),
    ],
    found: 1,
  },
])('$what: $found', ({ plan, json = ONE, found }) => {
  expect(nameConflicts(plan, json)).toHaveLength(found);
});

test('a conflict names both resources', () => {
  expect(nameConflicts([role('a', 'x').deleted, role('b', 'x').created], ONE)).toMatchObject([
    { summary: 'The role x already exists: a has it until it is deleted', addresses: ['aws_iam_role.b'], paths: ['b'] },
  ]);
});

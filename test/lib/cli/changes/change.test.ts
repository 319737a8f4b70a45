import { changesOf, type Change } from '../../../../lib/cli/changes/change';
import { planReport } from '../../../../lib/cli/changes/plan-report';
import type { ResourcePlan, StackPlan } from '../../../../lib/offline';
import { CHANGES, offlinePlanOf, planned, stackPlan } from '../support/plans';

test.each<{ path: string; expected: Partial<Change> | undefined }>([
  { path: 'production/network/vpc', expected: undefined },
  { path: 'production/data/read', expected: undefined },
  {
    path: 'production/network/private-a/subnet',
    expected: { kind: 'create', known: 1, unknown: 2, waitsFor: ['vpc_id'] },
  },
  { path: 'production/network-acl', expected: { kind: 'destroy', values: [] } },
  { path: 'production/cluster/cluster', expected: { kind: 'change' } },
  { path: 'production/cluster/nodes', expected: { kind: 'replace', createsFirst: true, forcedBy: ['name'] } },
  {
    path: 'production/data/database',
    expected: { kind: 'replace', createsFirst: false, forcedBy: ['engine'], dataLost: 'a database' },
  },
  { path: 'production/data/renamed', expected: { kind: 'move', previousAddress: 'aws_s3_bucket.old' } },
])('$path', ({ path, expected }) => {
  const found = changesOf(CHANGES).find((change) => change.path === path);
  expect(found ?? {}).toMatchObject(expected ?? {});
  expect(found === undefined).toBe(expected === undefined);
});

test('children sort right after their construct', () => {
  const paths = ['s/a-b', 's/a/z', 's/a/b/c', 's/aa'];
  const plan = stackPlan(
    's',
    paths.map((path) => planned(path, 'aws_vpc', ['create'])),
  );
  expect(changesOf(plan).map(({ path }) => path)).toEqual(['s/a/b/c', 's/a/z', 's/a-b', 's/aa']);
});

/** A plan of one resource, with additional fields of Terraform's plan JSON. */
function planOf(resource: ResourcePlan, raw: object): StackPlan {
  const change = { ...resource, name: 'x', provider_name: 'registry.terraform.io/hashicorp/aws', change: {}, ...raw };
  return stackPlan('s', [resource], { plan: { format_version: '1.2', resource_changes: [change as never] } });
}

test.each<{ reason: string; forcedBy: string }>([
  { reason: 'replace_because_tainted', forcedBy: 'taint' },
  { reason: 'replace_by_triggers', forcedBy: 'replace_triggered_by' },
  { reason: 'replace_for_some_reason', forcedBy: 'replace for some reason' },
])('$reason is the reason if no argument forces replacement', ({ reason, forcedBy }) => {
  const plan = planOf(planned('s/x', 'aws_vpc', ['delete', 'create']), { action_reason: reason });
  expect(changesOf(plan)[0]!.forcedBy).toEqual([forcedBy]);
});

test.each<{ type: string; provider?: string; mayReplace: boolean }>([
  { type: 'aws_vpc', mayReplace: false },
  { type: 'aws_fsx_lustre_file_system', mayReplace: true },
  { type: 'terraform_data', provider: 'terraform.io/builtin/terraform', mayReplace: false },
])('whether a change of $type may replace it', ({ type, provider, mayReplace }) => {
  const raw = provider === undefined ? {} : { provider_name: provider };
  const plan = offlinePlanOf(planOf(planned('s/x', type, ['update']), raw));
  const found = (providers: 'mock' | 'real') => planReport(plan, { providers }).stacks[0]!.changes[0]!.mayReplace;
  expect([found('mock'), found('real')]).toEqual([mayReplace, false]);
});

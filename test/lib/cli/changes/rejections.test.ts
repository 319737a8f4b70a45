import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rejectedBy } from '../../../../lib/cli/changes/rejections';
import { ASSOCIATIONS } from '../../../../lib/cli/changes/slots';
import type { ResourcePlan } from '../../../../lib/offline';
import { planned, stackPlan } from '../support/plans';

function update(path: string, type: string, before: object, after: object): ResourcePlan {
  return planned(path, type, ['update'], { before, after });
}

const cluster = (from: string, to: string) =>
  update('s/cluster', 'aws_eks_cluster', { name: 'c', version: from }, { name: 'c', version: to });
const nodes = (from: string, to: string, cluster_name = 'c') =>
  update('s/nodes', 'aws_eks_node_group', { cluster_name, version: from }, { cluster_name, version: to });

function set(storage: string, more: object = {}): object {
  const volume_claim_template = [
    { metadata: [{ name: 'data' }], spec: [{ resources: [{ requests: { storage } }] }] },
    { metadata: [{ name: 'logs' }], spec: [{ resources: [{ requests: { storage: '1Gi' } }] }] },
  ];
  return { metadata: [{ name: 'db', namespace: 'shop' }], spec: [{ replicas: '3', volume_claim_template, ...more }] };
}

const NETWORK = [
  planned('s/vpc', 'aws_vpc', ['delete', 'create'], { before: { id: 'vpc-1' } }),
  planned('s/subnet', 'aws_subnet', ['delete', 'create'], { before: { id: 'subnet-1', vpc_id: 'vpc-1' } }),
];

test.each<{ name: string; resources: readonly ResourcePlan[]; reason?: string; steps?: readonly string[] }>([
  { name: 'the next minor version', resources: [cluster('1.33', '1.34')] },
  {
    name: 'two minor versions at once',
    resources: [cluster('1.32', '1.34')],
    reason: 'Kubernetes 1.32 to 1.34: EKS upgrades one minor version at a time',
    steps: ['apply 1.33, control plane and nodes', 'apply 1.34, control plane and nodes'],
  },
  {
    name: 'a downgrade',
    resources: [cluster('1.34', '1.33')],
    reason: 'Kubernetes 1.34 to 1.33: an apply does not downgrade a control plane',
    steps: [
      'keep 1.34',
      'within seven days of an upgrade, EKS can roll it back, outside Terraform: https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html',
    ],
  },
  { name: 'nodes with their cluster', resources: [cluster('1.33', '1.34'), nodes('1.33', '1.34')] },
  {
    name: 'nodes before their cluster',
    resources: [planned('s/cluster', 'aws_eks_cluster', ['no-op'], versioned('1.33')), nodes('1.33', '1.34')],
    reason: "Kubernetes 1.34 is newer than the cluster's 1.33",
    steps: ['upgrade s/cluster to 1.34 first', 'then the nodes'],
  },
  {
    name: 'nodes of another cluster',
    resources: [planned('s/cluster', 'aws_eks_cluster', ['no-op'], versioned('1.33')), nodes('1.33', '1.34', 'other')],
  },
  {
    name: 'a claim template grows',
    resources: [update('s/db', 'kubernetes_stateful_set_v1', set('1Gi'), set('2Gi'))],
    reason: 'claim template data: 1Gi to 2Gi: the claims of a StatefulSet keep their size, whatever is applied',
    steps: [
      `for each of its 3 pods: kubectl -n shop patch pvc data-db-0 -p '{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}' (a volume only grows, and only if its class allows it)`,
      'kubectl -n shop delete statefulset db --cascade=orphan, which keeps pods and claims',
      'apply: the set is created again, with the new template, and takes over its pods',
    ],
  },
  {
    name: 'a set with claims has more replicas',
    resources: [update('s/db', 'kubernetes_stateful_set_v1', set('1Gi'), set('1Gi', { replicas: '4' }))],
  },
  {
    name: 'the reclaim policy of a class changes in place',
    resources: [
      update('s/gp3', 'kubernetes_storage_class_v1', { reclaim_policy: 'Delete' }, { reclaim_policy: 'Retain' }),
    ],
    reason:
      'reclaim_policy Delete to Retain: the class in the cluster keeps its policy, and every plan shows the change again',
    steps: ['replace the class under its name: terraform apply -replace=ADDRESS, or replace_triggered_by'],
  },
  {
    name: 'an access entry for the same principal at another address',
    resources: [
      planned('s/old', 'aws_eks_access_entry', ['delete'], { before: { cluster_name: 'c', principal_arn: 'arn:a' } }),
      planned('s/new', 'aws_eks_access_entry', ['create'], { after: { cluster_name: 'c', principal_arn: 'arn:a' } }),
    ],
    reason:
      'deleted while s/new creates the same one, in no order: the second is rejected as a duplicate, or the deletion takes the new one',
    steps: [
      'keep it in the state: moved { from = aws_eks_access_entry.s_old, to = aws_eks_access_entry.s_new } (with quayside: formerly)',
    ],
  },
  {
    name: 'an access entry for another principal',
    resources: [
      planned('s/old', 'aws_eks_access_entry', ['delete'], { before: { cluster_name: 'c', principal_arn: 'arn:a' } }),
      planned('s/new', 'aws_eks_access_entry', ['create'], { after: { cluster_name: 'c', principal_arn: 'arn:b' } }),
    ],
  },
  {
    name: 'an access entry for the role of managed nodes',
    resources: [
      planned('s/nodes', 'aws_eks_node_group', ['delete'], { before: { cluster_name: 'c', node_role_arn: 'arn:a' } }),
      planned('s/entry', 'aws_eks_access_entry', ['create'], { after: { cluster_name: 'c', principal_arn: 'arn:a' } }),
    ],
    reason:
      'EKS keeps the access entry of its role: s/entry is rejected as a duplicate, also after the group is deleted',
    steps: ['use another role for the other nodes'],
  },
  {
    name: 'a Kubernetes object of the same name, whichever version of the type',
    resources: [
      planned('s/old', 'kubernetes_config_map', ['delete'], { before: named('a') }),
      planned('s/new', 'kubernetes_config_map_v1', ['create'], { after: named('a') }),
    ],
    reason:
      'deleted while s/new creates the same one, in no order: the second is rejected as a duplicate, or the deletion takes the new one',
    steps: [
      'forget it at the old address (removed, with destroy = false), and import it as kubernetes_config_map_v1.s_new',
    ],
  },
  {
    name: 'a Kubernetes object of the same name in another namespace',
    resources: [
      planned('s/old', 'kubernetes_config_map_v1', ['delete'], { before: named('a') }),
      planned('s/new', 'kubernetes_config_map_v1', ['create'], { after: named('b') }),
    ],
  },
  {
    name: 'a rule takes the priority of another one',
    resources: [prioritised('s/a', '10', '20'), prioritised('s/b', '20', '30')],
    reason: 'takes priority 20 from s/b, in no order: AWS rejects a priority in use',
    steps: ['move one of the two to a free priority, and apply', 'then set both'],
  },
  { name: 'a rule takes a free priority', resources: [prioritised('s/a', '10', '20'), prioritised('s/b', '30', '40')] },
  {
    name: 'a network in use is replaced',
    resources: [...NETWORK, planned('s/lb', 'aws_lb', ['update'], { before: { subnets: ['subnet-1'] }, after: {} })],
    reason: 'replaced while s/lb is in it: AWS rejects it, after what can be deleted is gone',
    steps: ['create another network (another environment), and move to it', 'delete this one'],
  },
  {
    name: 'a network is deleted with all that is in it',
    resources: [...NETWORK, planned('s/lb', 'aws_lb', ['delete'], { before: { subnets: ['subnet-1'] } })],
  },
  {
    name: 'a class is replaced',
    resources: [
      planned('s/gp3', 'kubernetes_storage_class_v1', ['delete', 'create'], {
        before: { reclaim_policy: 'Delete' },
        after: { reclaim_policy: 'Retain' },
      }),
    ],
  },
])('$name', ({ resources, reason, steps }) => {
  expect(rejectedBy([stackPlan('s', resources)])).toMatchObject(reason === undefined ? [] : [{ reason, steps }]);
  expect(rejectedBy([stackPlan('s', resources)])).toHaveLength(reason === undefined ? 0 : 1);
});

function prioritised(path: string, from: string, to: string): ResourcePlan {
  const rule = (priority: string) => ({ listener_arn: 'arn:l', priority });
  return update(path, 'aws_lb_listener_rule', rule(from), rule(to));
}

function named(namespace: string): object {
  return { metadata: [{ name: 'settings', namespace }] };
}

function versioned(version: string): Partial<ResourcePlan> {
  return { before: { name: 'c', version }, after: { name: 'c', version } };
}

describe('protection from deletion', () => {
  const on = { enable_deletion_protection: true };
  const off = { enable_deletion_protection: false };
  test.each<{ name: string; resource: ResourcePlan; reason?: string }>([
    {
      name: 'deleted while it is on',
      resource: planned('s/lb', 'aws_lb', ['delete'], { before: on }),
      reason: 'deleted while its enable_deletion_protection is on: AWS rejects it, after what depends on it is deleted',
    },
    {
      name: 'replaced while it is on, even if the new one has none',
      resource: planned('s/lb', 'aws_lb', ['delete', 'create'], { before: on, after: off }),
      reason:
        'replaced while its enable_deletion_protection is on: AWS rejects it, after what depends on it is deleted',
    },
    { name: 'turned off', resource: update('s/lb', 'aws_lb', on, off) },
    { name: 'deleted once it is off', resource: planned('s/lb', 'aws_lb', ['delete'], { before: off }) },
    {
      name: 'a value other than true',
      resource: planned('s/pool', 'aws_cognito_user_pool', ['delete'], { before: { deletion_protection: 'ACTIVE' } }),
      reason: 'deleted while its deletion_protection is on: AWS rejects it, after what depends on it is deleted',
    },
    {
      name: 'an instance that is terminated in spite of it',
      resource: planned('s/vm', 'aws_instance', ['delete'], {
        before: { disable_api_termination: true, force_destroy: true },
      }),
    },
  ])('$name', ({ resource, reason }) => {
    const found = rejectedBy([stackPlan('s', [resource])]).map((one) => one.reason);
    expect(found).toEqual(reason === undefined ? [] : [reason]);
  });
});

test('every argument of the table of associations exists', () => {
  const lib = join(dirname(require.resolve('@cdktf/provider-aws/package.json')), 'lib');
  const needed = Object.entries(ASSOCIATIONS).flatMap(([type, names]) => names.map((argument) => ({ type, argument })));
  const missing = needed.filter(({ type, argument }) => {
    const file = join(lib, type.replace('aws_', '').replaceAll('_', '-'), 'index.js');
    return !existsSync(file) || !readFileSync(file, 'utf8').includes(`${argument}: {`);
  });
  expect(missing).toEqual([]);
});

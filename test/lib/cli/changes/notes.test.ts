import { notesOn } from '../../../../lib/cli/changes/notes';
import type { ResourcePlan } from '../../../../lib/offline';
import { planned, stackPlan } from '../support/plans';
import { reasons } from '../support/outages';

function nodes(sizes: readonly number[]): object {
  const [min_size, desired_size, max_size] = sizes;
  return {
    cluster_name: 'c',
    node_group_name: 'apps-1f2e',
    node_group_name_prefix: 'apps-',
    scaling_config: [{ min_size, desired_size, max_size }],
  };
}

function resized(before: readonly number[], after: readonly number[]): ResourcePlan {
  return planned('s/apps', 'aws_eks_node_group', ['update'], { before: nodes(before), after: nodes(after) });
}

function storageClass(actions: ResourcePlan['actions']): ResourcePlan {
  const of = (reclaim_policy: string) => ({ metadata: [{ name: 'gp3' }], reclaim_policy });
  return planned('s/gp3', 'kubernetes_storage_class_v1', actions, { before: of('Delete'), after: of('Retain') });
}

function group(path: string, actions: ResourcePlan['actions'], more: object = {}): ResourcePlan {
  return planned(path, 'aws_eks_node_group', actions, { before: actions.join() === 'create' ? null : { ...more } });
}

const ROLE = { before: { arn: 'arn:aws:iam::1:role/a', name: 'a' }, after: { name: 'b' } };

test.each<{ name: string; resources: readonly ResourcePlan[]; notes: Readonly<Record<string, string>> }>([
  {
    name: 'a higher minimum than the number that was configured',
    resources: [resized([1, 2, 5], [3, 2, 5])],
    notes: {
      'aws_eks_node_group.s_apps':
        'min_size 1 to 3: EKS rejects it if fewer than 3 nodes run. Before the apply: aws eks update-nodegroup-config --cluster-name c --nodegroup-name apps-... --scaling-config desiredSize=3',
    },
  },
  {
    name: 'a lower maximum',
    resources: [resized([1, 2, 5], [1, 2, 3])],
    notes: {
      'aws_eks_node_group.s_apps':
        'max_size 5 to 3: EKS rejects it if more than 3 nodes run. Before the apply: aws eks update-nodegroup-config --cluster-name c --nodegroup-name apps-... --scaling-config desiredSize=3',
    },
  },
  { name: 'minimum and number together', resources: [resized([1, 1, 5], [3, 3, 5])], notes: {} },
  { name: 'more room', resources: [resized([2, 2, 5], [1, 2, 8])], notes: {} },
  {
    name: 'a class is replaced with another policy',
    resources: [storageClass(['delete', 'create'])],
    notes: {
      'kubernetes_storage_class_v1.s_gp3': `volumes that exist keep the policy Delete. To change them as well: kubectl get pv -o jsonpath='{range .items[?(@.spec.storageClassName=="gp3")]}{.metadata.name}{"\\n"}{end}' | xargs -I{} kubectl patch pv {} -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'`,
    },
  },
  {
    name: 'a role of nodes is replaced',
    resources: [
      planned('s/role', 'aws_iam_role', ['delete', 'create'], ROLE),
      group('s/apps/a', ['create', 'delete'], { node_role_arn: 'arn:aws:iam::1:role/a' }),
      group('s/other/a', ['no-op'], { node_role_arn: 'arn:aws:iam::1:role/other' }),
    ],
    notes: { 'aws_iam_role.s_role': 'its replacement replaces the nodes of s/apps/a' },
  },
  {
    name: 'another role is replaced',
    resources: [planned('s/role', 'aws_iam_role', ['delete', 'create'], ROLE)],
    notes: {},
  },
  {
    name: 'one node group is deleted, another created',
    resources: [group('s/old/a', ['delete']), group('s/old/b', ['delete']), group('s/new/a', ['create'])],
    notes: {
      'aws_eks_node_group.s_old_a':
        's/old is deleted while s/new is created, in no order. If it was renamed: name the old one in formerly',
    },
  },
  {
    name: 'a zone is added while another node group is deleted',
    resources: [group('s/old/a', ['delete']), group('s/new/a', ['no-op']), group('s/new/b', ['create'])],
    notes: {},
  },
])('$name', ({ resources, notes }) => {
  expect(reasons(notesOn([stackPlan('s', resources)], 'mock'))).toEqual(notes);
});

describe('a number that ignore_changes leaves to the autoscaler', () => {
  const plan = (desired: number) =>
    stackPlan(
      's',
      [planned('s/apps', 'aws_eks_node_group', ['no-op'], { before: nodes([1, 2, 5]), after: nodes([1, 2, 5]) })],
      {
        plan: {
          format_version: '1.2',
          configuration: {
            root_module: {
              resources: [
                {
                  address: 'aws_eks_node_group.s_apps',
                  expressions: { scaling_config: [{ desired_size: { constant_value: desired } }] },
                },
              ],
            },
          },
        },
      },
    );

  test.each<{ desired: number; providers: 'mock' | 'real'; notes: Readonly<Record<string, string>> }>([
    {
      desired: 4,
      providers: 'mock',
      notes: {
        'aws_eks_node_group.s_apps':
          'desired_size 2 to 4 does nothing: ignore_changes leaves the number to the autoscaler',
      },
    },
    { desired: 2, providers: 'mock', notes: {} },
    // The live number is the autoscaler's.
    { desired: 4, providers: 'real', notes: {} },
  ])('$desired with $providers providers', ({ desired, providers, notes }) => {
    expect(reasons(notesOn([plan(desired)], providers))).toEqual(notes);
  });
});

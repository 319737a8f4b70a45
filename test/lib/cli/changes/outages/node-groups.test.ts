import { outagesOf } from '../../../../../lib/cli/changes/outages';
import { planned, stackPlan } from '../../support/plans';
import { reasons } from '../../support/outages';

type Action = 'create' | 'keep' | 'destroy' | 'replace' | 'create first';
const ACTIONS = {
  create: ['create'],
  keep: ['no-op'],
  destroy: ['delete'],
  replace: ['delete', 'create'],
  'create first': ['create', 'delete'],
} as const;

test.each<{ name: string; groups: Readonly<Record<string, Action>>; outages?: Readonly<Record<string, string>> }>([
  {
    name: 'one group per zone becomes one for all, in one step',
    groups: { 'apps/a': 'destroy', 'apps/b': 'destroy', 'apps/all': 'create' },
    outages: {
      'aws_eks_node_group.s_apps_a': 'deleted in the apply that creates all: s/apps may have no nodes in between',
      'aws_eks_node_group.s_apps_b': 'deleted in the apply that creates all: s/apps may have no nodes in between',
    },
  },
  {
    name: 'the first step: old and new ones together',
    groups: { 'apps/a': 'keep', 'apps/b': 'keep', 'apps/all': 'create' },
  },
  { name: 'the second step', groups: { 'apps/a': 'destroy', 'apps/b': 'destroy', 'apps/all': 'keep' } },
  { name: 'a zone is removed', groups: { 'apps/a': 'destroy', 'apps/b': 'keep' } },
  { name: 'a node group is removed', groups: { 'apps/a': 'destroy', 'system/a': 'keep' } },
  { name: 'all groups are replaced, created first', groups: { 'apps/a': 'create first', 'apps/b': 'create first' } },
  {
    name: 'the only group is replaced, deleted first',
    groups: { 'apps/a': 'replace' },
    outages: {
      'aws_eks_node_group.s_apps_a': 'replaced, deleted first: s/apps has no nodes until the new ones are ready',
    },
  },
  { name: 'one of two is replaced, deleted first', groups: { 'apps/a': 'replace', 'apps/b': 'keep' } },
])('$name', ({ groups, outages = {} }) => {
  const resources = Object.entries(groups).map(([path, action]) =>
    planned(`s/${path}`, 'aws_eks_node_group', ACTIONS[action], action === 'create' ? {} : { before: { id: path } }),
  );
  expect(reasons(outagesOf([stackPlan('s', resources)]).outages)).toEqual(outages);
});

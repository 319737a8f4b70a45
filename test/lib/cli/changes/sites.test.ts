import type { StackPlan } from '../../../../lib/offline';
import { sitesOf } from '../../../../lib/cli/changes/sites';

interface Stack {
  readonly name: string;
  readonly types?: readonly string[];
  /** Remote states: ids and places. */
  readonly reads?: Readonly<Record<string, object>>;
}

function plan({ name, types = [], reads = {} }: Stack): StackPlan {
  const resources = Object.entries(reads).map(([id, config]) => ({
    address: `data.terraform_remote_state.${id}`,
    expressions: { config: { constant_value: config } },
  }));
  return {
    name,
    resources: types.map((type) => ({ type })),
    plan: { configuration: { root_module: { resources } } },
  } as unknown as StackPlan;
}

const CLUSTER = ['aws_eks_cluster', 'aws_lb'];
const local = (name: string) => ({ path: `/states/${name}/terraform.tfstate` });

test.each<{ name: string; stacks: readonly Stack[]; sites: readonly (readonly string[])[] }>([
  {
    name: 'one cluster: all stacks, however they are connected',
    stacks: [{ name: 'infrastructure', types: CLUSTER }, { name: 'platform' }, { name: 'shop' }],
    sites: [['infrastructure', 'platform', 'shop']],
  },
  {
    name: 'two clusters: each with what reads its state',
    stacks: [
      { name: 'shared', types: ['aws_route53_zone'] },
      { name: 'a-infrastructure', types: CLUSTER, reads: { shared: local('shared') } },
      { name: 'a-platform', reads: { infrastructure: local('a-infrastructure') } },
      { name: 'b-infrastructure', types: CLUSTER, reads: { shared: local('shared') } },
      { name: 'b-platform', reads: { infrastructure: { bucket: 'states', key: 'b-infrastructure.tfstate' } } },
      { name: 'team', reads: { 'cross-stack-reference-input-b-infrastructure': {} } },
    ],
    sites: [['shared'], ['a-infrastructure', 'a-platform'], ['b-infrastructure', 'b-platform', 'team']],
  },
  {
    name: 'a name within another is not it',
    stacks: [
      { name: 'infrastructure', types: CLUSTER },
      { name: 'b-infrastructure', types: CLUSTER },
      { name: 'b-platform', reads: { infrastructure: local('b-infrastructure') } },
    ],
    sites: [['infrastructure'], ['b-infrastructure', 'b-platform']],
  },
])('$name', ({ stacks, sites }) => {
  expect(sitesOf(stacks.map(plan)).map((site) => site.map(({ name }) => name))).toEqual(sites);
});

import { Environment, EnvironmentProfile, ingress } from 'quayside';
import type { EnvironmentProps, NodeGroupSpec } from 'quayside';
import { planReport } from '../../../../lib/cli/changes/plan-report';
import type { OfflinePlan } from '../../../../lib/offline';
import { offlinePlans } from '../../../../lib/offline/offline-plan';
import { describeWithTerraform, removeSynthesized, synthesize } from '../../offline/support/app';

/** Few resources: what a change does is the same in every zone. */
const PROFILE = EnvironmentProfile.ha({ minZones: 2, minNodes: 2 });
const [APPS] = PROFILE.nodeGroups as readonly [NodeGroupSpec];
const EDGE: NodeGroupSpec = { ...APPS, name: 'edge', labels: { pool: 'edge' } };

const ENVIRONMENT: EnvironmentProps = {
  name: 'production',
  account: '123456789012',
  region: 'eu-west-1',
  zones: ['eu-west-1a', 'eu-west-1b'],
  cidr: '10.20.0.0/16',
  domain: 'production.example.com',
  parentZone: { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' },
  profile: PROFILE,
  kubernetesVersion: '1.34',
  nodeGroups: [{ ...APPS, ingress: true }, EDGE],
  access: [{ name: 'platform', role: 'platform', policy: 'cluster-admin' }],
  addOns: [ingress()],
};

interface Row {
  readonly name: string;
  /** @default ENVIRONMENT */
  readonly before?: Partial<EnvironmentProps>;
  readonly change: Partial<EnvironmentProps>;
  /** Paths below the environment's stacks. */
  readonly outages?: readonly string[];
  readonly rejected?: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    name: 'safe ones: types, another label of nodes without ingress, the ingress on a second group, the next version',
    change: {
      nodeGroups: [withTypes(APPS), { ...EDGE, labels: { pool: 'web' }, ingress: true }],
      kubernetesVersion: '1.35',
    },
  },
  {
    name: 'the ingress moves to another node group',
    change: { nodeGroups: [APPS, { ...EDGE, ingress: true }] },
    outages: ['a', 'b'].map(
      (zone) => `infrastructure/load-balancer/target-group-ingress/attachment-apps-eu-west-1${zone}`,
    ),
  },
  {
    name: 'another label of the ingress nodes, which Traefik selects',
    change: { nodeGroups: [{ ...APPS, ingress: true, labels: { pool: 'web' } }, EDGE] },
    outages: groupsOf('apps'),
  },
  {
    name: 'a taint that evicts from the ingress nodes, and two versions of Kubernetes at once',
    change: {
      kubernetesVersion: '1.36',
      nodeGroups: [{ ...APPS, ingress: true, taints: [{ key: 'pool', value: 'web', effect: 'NoExecute' }] }, EDGE],
    },
    rejected: ['infrastructure/cluster/cluster'],
    outages: groupsOf('apps'),
  },
  {
    name: 'a zone for a managed group in all zones, the only one that hosts the ingress',
    before: { nodeGroups: [{ ...APPS, spread: 'single', minSize: 2 }] },
    change: { nodeGroups: [{ ...APPS, spread: 'single', minSize: 2 }], zones: [...ENVIRONMENT.zones, 'eu-west-1c'] },
    outages: ['infrastructure/load-balancer/target-group-ingress/attachment-apps-all-zones'],
  },
  {
    name: 'another kind along with another name',
    change: {
      nodeGroups: [
        { ...APPS, ingress: true },
        { ...EDGE, name: 'batch', formerly: 'edge', kind: 'auto-scaling' } as NodeGroupSpec,
      ],
    },
    outages: groupsOf('edge'),
  },
  {
    name: 'another node port',
    change: { loadBalancer: { traffic: { httpNodePort: 30090 } } },
    outages: [
      'infrastructure/load-balancer/target-group-ingress.30090/target-group',
      'platform/ingress/traefik/service/service',
    ],
  },
  {
    name: 'the scheme of the load balancer',
    change: { loadBalancer: { scheme: 'internal' } },
    outages: ['load-balancer', 'http', 'https', 'rule-ingress'].map((id) => `infrastructure/load-balancer/${id}`),
  },
  {
    name: 'another network',
    change: { cidr: '10.30.0.0/16' },
    rejected: ['infrastructure/network/vpc'],
    outages: [443, 80].map((port) => `infrastructure/load-balancer/security-group/clients-${port}-0.0.0.0--0`),
  },
];

afterAll(removeSynthesized);

/** What `plan --against` finds if an environment's data changes in one step. */
describeWithTerraform('a change of an environment', () => {
  let plans: ReadonlyMap<Row, OfflinePlan>;
  beforeAll(async () => (plans = await plansOf(ROWS)), 300_000);

  test.each(ROWS.map((row) => ({ ...row, row })))('$name', ({ row, outages = [], rejected = [] }) => {
    const report = planReport(plans.get(row)!, { against: 'main' });
    expect(report.ok).toBe(true);
    expect(paths(report.rejected)).toEqual(rejected);
    expect(paths(report.outages)).toEqual(outages);
  });
});

/** The node groups of a name. */
function groupsOf(name: string): readonly string[] {
  return ['a', 'b'].map((zone) => `infrastructure/nodes-${name}/group-eu-west-1${zone}`);
}

/** The plans of all rows, by row. Rows that begin as the same environment share its baseline. */
async function plansOf(rows: readonly Row[]): Promise<ReadonlyMap<Row, OfflinePlan>> {
  const app = (props: Partial<EnvironmentProps>) =>
    synthesize((scope) => void new Environment(scope, { ...ENVIRONMENT, ...props }));
  const plans = new Map<Row, OfflinePlan>();
  for (const before of new Set(rows.map((row) => row.before))) {
    const same = rows.filter((row) => row.before === before);
    const versions = same.map(({ change }) => ({ stacksDir: app(change) }));
    for (const [index, plan] of (await offlinePlans(app(before ?? {}), versions)).entries())
      plans.set(same[index]!, plan);
  }
  return plans;
}

function paths(findings: readonly { readonly path: string }[]): readonly string[] {
  return findings.map(({ path }) => path.replace(/^production-/, ''));
}

function withTypes(group: NodeGroupSpec): NodeGroupSpec {
  return { ...group, ingress: true, instanceTypes: ['m7g.large'], labels: { ...group.labels, team: 'shop' } };
}

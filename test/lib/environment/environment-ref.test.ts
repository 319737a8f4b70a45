import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Construct } from 'constructs';
import { AutoScalingNodeGroup } from '../../../lib/cluster/auto-scaling-node-group';
import type { AutoScalingNodeGroupProps } from '../../../lib/cluster/auto-scaling-node-group-props';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { environmentFacts } from '../../../lib/environment/environment-facts';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import {
  environmentRef,
  type EnvironmentKey,
  type EnvironmentRef,
  type FullEnvironmentRef,
} from '../../../lib/environment/environment-ref';
import { PodService } from '../../../lib/kubernetes/service';
import { Workload } from '../../../lib/kubernetes/workload';
import { connectCluster } from '../../../lib/platform/connect';
import type { FactsData } from '../../../lib/platform/read-facts';
import type { SynthesizedStack } from '../../../lib/testing/synthesized-stack';
import * as stagingFacts from '../../fixtures/facts/staging.json';
import { refusal, synthStack } from '../../support/stack';
import { APPS_GROUP, environment, synthEnvironments } from './fixtures';

/** The environment whose facts are the fixture. */
const STAGING = environment({
  nodeGroups: [APPS_GROUP, { ...APPS_GROUP, kind: 'auto-scaling', name: 'batch', labels: { pool: 'batch' } }],
  images: { allowed: ['registry.example.com'] },
  backend: { kind: 's3', bucket: 'states', region: 'eu-west-1', keyPrefix: 'platform/' },
});
const MANAGED_ONLY = environment({ backend: STAGING.backend });
const STATE = 'data.terraform_remote_state.infrastructure.outputs';

const throughFile = (props: EnvironmentProps) => JSON.parse(JSON.stringify(environmentFacts(props))) as FactsData;

/** A team's stack that writes the values it takes from an environment to the tag `taken` of a queue. */
function team(take: (scope: AwsStack) => unknown): SynthesizedStack {
  return synthStack((stack) => {
    new SqsQueue(stack, 'queue', { tags: { taken: JSON.stringify(take(stack) ?? null) } });
  });
}
function taken(take: (scope: AwsStack) => unknown): unknown {
  const { tags } = team(take).getResource('aws_sqs_queue').attributes as { tags: { taken: string } };
  return JSON.parse(tags.taken.replaceAll(/\["([\w-]+)"\]/g, '.$1'));
}
const read = (output: string) => `\${${STATE}.${output}}`;

test('the fixture is up to date', () => {
  expect(environmentFacts(STAGING)).toEqual(stagingFacts);
});

describe('a JSON file of facts', () => {
  const ofFile = (scope: Construct): FullEnvironmentRef => environmentRef(scope, stagingFacts);

  test('provides the cluster', () => {
    expect(taken((scope) => ofFile(scope).cluster)).toEqual({
      clusterName: 'staging',
      region: 'eu-west-1',
      kubernetesVersion: '1.35',
      serviceCidr: '172.20.0.0/16',
      endpoint: read('cluster_endpoint'),
      certificateAuthority: read('cluster_certificate_authority'),
      nodeSecurityGroupIds: [read('node_security_group_id')],
      loadBalancerTargetSecurityGroupId: read('load_balancer_target_security_group_id'),
    });
  });

  test('provides the VPC, with subnets by tier and zone', () => {
    const subnets = (tier: string, cidrs: readonly string[]) =>
      ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'].map((zone, index) => ({
        subnetId: read(`${tier}_subnet_ids.${zone}`),
        zone,
        cidr: cidrs[index],
      }));
    expect(taken((scope) => ofFile(scope).vpc)).toEqual({
      vpcId: read('vpc_id'),
      cidr: '10.30.0.0/16',
      secondaryCidrs: [],
      publicSubnets: subnets('public', ['10.30.0.0/24', '10.30.1.0/24', '10.30.2.0/24']),
      privateSubnets: subnets('private', ['10.30.128.0/20', '10.30.144.0/20', '10.30.160.0/20']),
      intraSubnets: subnets('intra', ['10.30.8.0/28', '10.30.8.16/28', '10.30.8.32/28']),
    });
  });

  test('provides the zone, the key, the load balancer and the queue', () => {
    const parts = (scope: AwsStack) => {
      const { zone, kmsKeyArn, loadBalancer, nodeDrainingQueueUrl } = ofFile(scope);
      return { zone, kmsKeyArn, loadBalancer, nodeDrainingQueueUrl };
    };
    expect(taken(parts)).toEqual({
      zone: { zoneId: read('zone_id'), zoneName: 'staging.example.com' },
      kmsKeyArn: read('kms_key_arn'),
      loadBalancer: {
        dnsName: read('load_balancer_dns_name'),
        hostedZoneId: read('load_balancer_zone_id'),
        securityGroupId: read('load_balancer_security_group_id'),
      },
      nodeDrainingQueueUrl: read('node_draining_queue_url'),
    });
  });

  test('provides the facts, and the backend of the state', () => {
    const stack = team((scope) => ofFile(scope).facts.ingress);
    expect(stack.getResource('aws_sqs_queue').attributes['tags']).toEqual({
      taken: JSON.stringify(stagingFacts.ingress),
    });
    expect(stack.json.data).toEqual({
      terraform_remote_state: {
        infrastructure: {
          backend: 's3',
          config: { bucket: 'states', key: 'platform/staging-infrastructure.tfstate', region: 'eu-west-1' },
        },
      },
    });
  });

  test('only used outputs are read', () => {
    const { json } = team((scope) => {
      const { vpc, kmsKeyArn } = ofFile(scope);
      return [vpc.vpcId, kmsKeyArn];
    });
    const reads = [...JSON.stringify(json).matchAll(/outputs\.(\w+)/g)].map(([, name]) => name);
    expect(reads).toEqual(['vpc_id', 'kms_key_arn']);
  });
});

test.each([
  { of: 'as usual', props: STAGING },
  { of: 'private', props: environment({ network: { nat: { kind: 'none' } } }) },
  { of: 'with managed nodes only', props: MANAGED_ONLY },
])('the infrastructure stack of an environment $of has every output that is read', ({ props }) => {
  const text = JSON.stringify(team((scope) => environmentRef(scope, throughFile(props))).json).replaceAll('\\', '');
  const output = synthEnvironments(props).get('staging-infrastructure')!.json.output!;
  const reads = [...text.matchAll(/outputs\.(\w+)(?:\["([\w-]+)"\])?/g)];
  expect(reads.length).toBeGreaterThan(10);
  const missing = reads.filter(([, name = '', zone]) => {
    const value = output[name]?.['value'] as Readonly<Record<string, string>> | undefined;
    return value === undefined || (zone !== undefined && value[zone] === undefined);
  });
  expect(missing).toEqual([]);
});

test("a team's self-managed nodes can attach the environment's volumes, and import images through its caches", () => {
  const url = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/quay';
  const props = environment({
    volumeAccess: 'cluster',
    images: { mirrors: { 'quay.io': url } },
    backend: STAGING.backend,
  });
  for (const source of [props, throughFile(props)] as const) {
    const stack = synthStack((scope) => {
      const { cluster } = environmentRef(scope, source as EnvironmentKey);
      const { ingress: _ingress, ...group } = APPS_GROUP;
      new AutoScalingNodeGroup(scope, 'batch', {
        ...(group as Omit<AutoScalingNodeGroupProps, 'cluster' | 'subnets'>),
        cluster,
        subnets: [{ zone: 'eu-west-1a', subnetId: 'subnet-1', cidr: '10.30.128.0/20' }],
      });
    });
    expect(stack.getResource('aws_autoscaling_group').attributes['tag']).toContainEqual({
      key: 'ebs.csi.aws.com/cluster-name',
      value: 'staging',
      propagate_at_launch: true,
    });
    expect(stack.getResource('aws_iam_role_policy').attributes['policy']).toContain(':repository/quay/*');
  }
});

test('a private environment has no public subnets, and without self-managed nodes there is no queue', () => {
  const props = environment({ network: { nat: { kind: 'none' } } });
  synthStack((stack) => {
    const { vpc, nodeDrainingQueueUrl } = environmentRef(stack, throughFile(props));
    expect(vpc.publicSubnets).toEqual([]);
    expect(vpc.privateSubnets).toHaveLength(3);
    expect(nodeDrainingQueueUrl).toBeUndefined();
  });
});

describe("the facts' image policy", () => {
  const CONTAINER = {
    ports: { http: 8080 },
    resources: { cpu: '10m', memory: '16Mi' },
    readiness: { path: '/', port: 'http' },
  };
  const web = (scope: Construct, image: string) =>
    new Workload(scope, 'web', {
      namespace: { namespaceName: 'shop' },
      identity: { name: 'web', component: 'web', partOf: 'shop' },
      controller: { kind: 'deployment', replicas: 1 },
      containers: [{ name: 'web', image, ...CONTAINER }],
    });
  const IMAGE = 'docker.io/library/nginx:1.27.1';

  test('applies to workloads below the scope', () => {
    expect(
      refusal((stack) => {
        environmentRef(stack, stagingFacts);
        web(new Construct(stack, 'shop'), IMAGE);
      }),
    ).toBe(
      "test/shop/web: container 'web' image 'docker.io/library/nginx:1.27.1' comes from none of registry.example.com: mirror it in one of them with images.mirrors, or add its registry to images.allowed " +
        "(if intended: acknowledge(scope, 'image-not-allowed', 'the reason'))",
    );
  });

  test.each([
    { of: 'beside the scope', scopes: ['environment', 'shop'] as const, facts: stagingFacts },
    { of: 'of facts without a policy', scopes: ['x', 'x'] as const, facts: environmentFacts(MANAGED_ONLY) },
  ])('does not apply to workloads $of', ({ scopes: [provided, placed], facts }) => {
    const stack = synthStack((scope) => {
      const parent = new Construct(scope, provided);
      connectCluster(scope, environmentRef(parent, facts).cluster);
      web(provided === placed ? parent : new Construct(scope, placed), IMAGE);
    });
    expect(stack.ofType('kubernetes_deployment_v1')).toHaveLength(1);
  });
});

describe("an environment's data, in its own repository", () => {
  const ofData = (scope: Construct): EnvironmentRef => environmentRef(scope, STAGING);

  test("opens metrics to the environment's Prometheus, and requests to its ingress", () => {
    const stack = synthStack((scope) => {
      connectCluster(scope, ofData(scope).cluster);
      new Workload(scope, 'web', {
        namespace: { namespaceName: 'shop' },
        identity: { name: 'web', component: 'web', partOf: 'shop' },
        controller: { kind: 'deployment', replicas: 1 },
        containers: [
          {
            name: 'web',
            image: 'registry.example.com/web:1.2.3',
            ports: { http: 8080 },
            resources: { cpu: '10m', memory: '16Mi' },
            readiness: { path: '/', port: 'http' },
          },
        ],
        metrics: { port: 'http' },
        requestPorts: ['http'],
      });
    });
    const policy = JSON.stringify(stack.getResource('kubernetes_network_policy_v1').attributes);
    expect(policy).toContain('"kubernetes.io/metadata.name":"monitoring"');
    expect(policy).toContain('"kubernetes.io/metadata.name":"ingress"');
  });

  test('provides the same as before facts existed', () => {
    const stack = team(ofData);
    expect(stack.json.data).toEqual({
      terraform_remote_state: {
        infrastructure: {
          backend: 's3',
          config: { bucket: 'states', key: 'platform/staging-infrastructure.tfstate', region: 'eu-west-1' },
        },
      },
    });
    expect(taken(ofData)).toEqual({
      cluster: {
        clusterName: 'staging',
        kubernetesVersion: '1.35',
        serviceCidr: '172.20.0.0/16',
        endpoint: read('cluster_endpoint'),
        certificateAuthority: read('cluster_certificate_authority'),
        nodeSecurityGroupIds: [read('node_security_group_id')],
        loadBalancerTargetSecurityGroupId: read('load_balancer_target_security_group_id'),
      },
      zone: { zoneId: read('zone_id'), zoneName: 'staging.example.com' },
      nodeDrainingQueueUrl: read('node_draining_queue_url'),
    });
  });

  test('provides the same as its facts', () => {
    const parts = ({ cluster, zone, nodeDrainingQueueUrl }: EnvironmentRef) => ({
      cluster: { region: 'eu-west-1', ...cluster },
      zone,
      nodeDrainingQueueUrl,
    });
    expect(taken((scope) => parts(ofData(scope)))).toEqual(
      taken((scope) => parts(environmentRef(scope, stagingFacts))),
    );
  });

  test.each<{ of: string; data: EnvironmentKey & Record<string, unknown> }>([
    { of: "the profile's node groups", data: { ...environment(), backend: undefined } },
    { of: 'a custom property', data: { ...environment(), version: '2024.1' } },
  ])('may have $of', ({ data }) => {
    expect(team((scope) => environmentRef(scope, data as EnvironmentKey)).json.data).toEqual({
      terraform_remote_state: {
        infrastructure: { backend: 'local', config: { path: '../../../terraform.staging-infrastructure.tfstate' } },
      },
    });
  });
});

test.each([
  {
    of: 'another version',
    facts: { ...stagingFacts, version: 2 },
    problem: /^test: the facts .* have version 2, but /,
  },
  {
    of: 'no version',
    facts: { ...stagingFacts, version: undefined },
    problem: /^test: the facts .* have no version: /,
  },
  { of: 'nothing', facts: {}, problem: /^test: the facts have no version: / },
  { of: 'null', facts: null, problem: /^test: facts must be the object that npx quayside facts writes, got null$/ },
])('facts of $of are rejected', ({ facts, problem }) => {
  expect(refusal((stack) => environmentRef(stack, facts as unknown as FactsData))).toMatch(problem);
});

describe('the range of Services', () => {
  test('of the data is that of the cluster', () => {
    const props = environment({ cluster: { serviceCidr: '10.100.0.0/16' } });
    expect(taken((scope) => environmentRef(scope, props).cluster.serviceCidr)).toBe('10.100.0.0/16');
    expect(taken((scope) => environmentRef(scope, throughFile(props)).cluster.serviceCidr)).toBe('10.100.0.0/16');
  });

  test('with IPv6 is an output, as EKS chooses it', () => {
    const props = environment({
      cluster: { ipFamily: 'ipv6' },
      network: { addressing: 'dual-stack' },
      acknowledge: { 'ipv6-environment': 'its load balancers have IP targets' },
    });
    const { json } = synthEnvironments(props).get('staging-infrastructure')!;
    expect(json.output).toHaveProperty('cluster_service_cidr');
    expect(environmentFacts(props).network.serviceCidr).toBe('fc00::/7');
    for (const source of [props, throughFile(props)] as const) {
      expect(taken((scope) => environmentRef(scope, source as EnvironmentKey).cluster.serviceCidr)).toBe(
        read('cluster_service_cidr'),
      );
    }
  });
});

test('the data of an environment, as a reference to it, is checked as far as it is used', () => {
  const data = { ...MANAGED_ONLY, cluster: null, images: null, volumeAccess: null, nodeGroups: null };
  expect(taken((scope) => environmentRef(scope, data as unknown as EnvironmentKey))).toEqual(
    taken((scope) => environmentRef(scope, MANAGED_ONLY)),
  );
  const wrong = { ...MANAGED_ONLY, cluster: { serviceCIDR: '10.100.0.0/16' }, volumeAccess: 'all' };
  expect(refusal((stack) => void environmentRef(stack, wrong as unknown as EnvironmentKey))).toContain(
    "unknown property 'cluster.serviceCIDR': did you mean 'serviceCidr'?",
  );
});

test("a team's service has none of the ingress's node ports", () => {
  const ports = { http: { port: 80, nodePort: stagingFacts.traffic.healthCheckNodePort } };
  const build = (stack: AwsStack) => {
    environmentRef(stack, stagingFacts as FactsData);
    const namespace = { namespaceName: 'shop' };
    new PodService(stack, 'service', {
      namespace,
      identity: { name: 'shop', partOf: 'shop' },
      kind: 'node-port',
      ports,
    });
  };
  expect(refusal(build)).toBe(
    "test/service: nodePort 30081 is also that of the ingress of environment 'staging': choose another, or leave it out for any free one",
  );
});

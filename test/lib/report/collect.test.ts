import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { SecurityGroupRule } from '@cdktf/provider-aws/lib/security-group-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { HelmProvider } from '@cdktf/provider-helm/lib/provider';
import { Release } from '@cdktf/provider-helm/lib/release';
import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { ingress } from '../../../lib/addons/ingress/ingress';
import { storage } from '../../../lib/addons/storage/storage';
import { acknowledge } from '../../../lib/core/acknowledge';
import { isRuleCode } from '../../../lib/core/rules';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { instanceSize } from '../../../lib/report/collect/capacity-summaries';
import type { Report } from '../../../lib/report/model';
import type { SynthesizedStack } from '../../../lib/testing/synthesized-stack';
import { APPS } from '../../support/apps';
import {
  environmentReport,
  exceptionalPolicies,
  federatedRoles,
  powerfulAgent,
  reportOf,
  stackReport,
} from './fixtures';

describe.each([...APPS])('of %s', (_name, synth) => {
  const stacks = [...synth().values()];
  const report = reportOf(stacks);

  test('covers all resources of the reported kinds', () => {
    const counted = {
      stacks: report.stacks.map(({ resources }) => resources),
      eksAddOns: report.eksAddOns.length,
      subnets: report.networks.flatMap(({ subnets }) => subnets).length,
      listeners: report.loadBalancers.flatMap(({ listeners }) => listeners).length,
      workloads: report.workloads.length,
      bindings: new Set(report.kubernetesPermissions.map(({ construct }) => construct)).size,
      outputs: report.outputs.length,
    };
    expect(counted).toEqual({
      stacks: stacks.map(({ resources }) => resources.length),
      eksAddOns: number(stacks, /^aws_eks_addon$/),
      subnets: number(stacks, /^aws_subnet$/),
      listeners: number(stacks, /^aws_lb_listener$/),
      workloads: number(stacks, /^kubernetes_(deployment|daemon_?set|stateful_set|cron_job|job|pod)(_v1)?$/),
      bindings: number(stacks, /^kubernetes_(cluster_)?role_binding/),
      outputs: stacks.flatMap(({ json }) => Object.keys(json.output ?? {})).length,
    });
  });

  test('has all images and all acknowledgements', () => {
    const text = JSON.stringify(stacks.map(({ json }) => json));
    const images = [...text.matchAll(/"image":"([^"]+)"/g)].map(([, image]) => image);
    expect(report.images.map(({ image }) => image)).toEqual([...new Set(images)].sort());
    expect(report.exceptions).toHaveLength([...text.matchAll(/"code":"[^"]+",("path":"[^"]+",)?"reason":/g)].length);
  });

  test('has no unreadable values', () => {
    expect(JSON.stringify(report)).not.toMatch(/\$\{(aws|kubernetes|data)|undefined|\[object/);
  });
});

function number(stacks: readonly SynthesizedStack[], type: RegExp): number {
  return stacks.flatMap(({ resources }) => resources).filter((resource) => type.test(resource.type)).length;
}

describe('of an environment', () => {
  const report = environmentReport({
    profile: EnvironmentProfile.business(),
    addOns: [ingress(), storage()],
    loadBalancer: { waf: true },
    acknowledge: { 'overlapping-environments': 'never connected' },
  });

  test('subnets by zone, with their default route', () => {
    const [network] = report.networks;
    expect(network?.subnets.map(({ zone, tier, cidr, wayOut }) => [zone, tier, cidr, wayOut]).slice(0, 4)).toEqual([
      ['eu-west-1a', 'public', '10.30.0.0/24', 'internet gateway'],
      ['eu-west-1a', 'private', '10.30.128.0/20', 'NAT gateway in eu-west-1a'],
      ['eu-west-1a', 'intra', '10.30.8.0/28', 'none'],
      ['eu-west-1b', 'public', '10.30.1.0/24', 'internet gateway'],
    ]);
    expect(network).toMatchObject({ zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'], endpoints: ['dynamodb', 's3'] });
  });

  test('node groups across their zones', () => {
    expect(report.nodeGroups).toMatchObject([
      { name: 'apps', min: 3, max: 18, instanceTypes: ['m7g.xlarge'], labels: { pool: 'apps' }, ingress: false },
      { name: 'ingress', min: 3, max: 6, taints: ['pool=ingress:NoSchedule'], diskGib: 50, ingress: true },
    ]);
  });

  test('the load balancer with its rules, WAF and the timings of load balancer and ingress', () => {
    const [balancer] = report.loadBalancers;
    expect(balancer).toMatchObject({
      scheme: 'internet-facing',
      listeners: [
        { port: 80, otherwise: 'redirect to HTTPS 443 (HTTP_301)' },
        { port: 443, otherwise: 'fixed response 404' },
      ],
      rules: [{ conditions: ['host header: staging.example.com, *.staging.example.com'] }],
      firewall: expect.arrayContaining(['AWSManagedRulesCommonRuleSet']),
    });
    expect(balancer?.rules[0]?.action).toBe(`forward to ${balancer?.targets[0]?.name}`);
    expect(Object.fromEntries(balancer!.targets[0]!.timings.map(({ what, seconds }) => [what, seconds]))).toEqual({
      'Health check: a new target is healthy after': 12,
      'Health check: a failing target is unhealthy after': 12,
      'Deregistration delay of a target': 20,
      'Ingress still accepts requests after SIGTERM for': 35,
      'Ingress then completes in-flight requests for': 20,
      'Termination grace period of the ingress': 75,
      'minReadySeconds of the ingress': 12,
      'Idle timeout of the load balancer': 60,
      'Idle timeout of the ingress': 180,
    });
  });

  test('exposure to the internet and to other networks', () => {
    expect(report.exposure.map(({ what, internet }) => [what, internet])).toEqual([
      ['HTTPS', true],
      ['Redirected to HTTPS', true],
      ['Kubernetes API, from 10.30.0.0/16', false],
      ['Load balancer', false],
      ['Load balancer', false],
      ['Service ingress/traefik (NodePort)', false],
    ]);
  });

  test('roles of EKS add-ons, with the namespace of their trust policy', () => {
    expect(report.podRoles).toMatchObject([
      { namespace: 'kube-system', serviceAccount: 'aws-node', managedPolicies: ['AmazonEKS_CNI_Policy'] },
      { namespace: 'kube-system', serviceAccount: 'ebs-csi-controller-sa', by: 'eks-add-on', grants: [] },
    ]);
  });

  test('acknowledgements of constructs and of resources', () => {
    expect(report.exceptions.filter(({ kind }) => kind === 'rule')).toEqual([
      {
        construct: 'staging-infrastructure',
        code: 'overlapping-environments',
        reason: 'never connected',
        kind: 'rule',
      },
      { construct: 'staging-platform', code: 'overlapping-environments', reason: 'never connected', kind: 'rule' },
      expect.objectContaining({ construct: 'staging-platform/ingress/traefik', code: 'rbac-all-secrets' }),
    ]);
    expect(report.exceptions.find(({ code }) => code === 'CKV_AWS_18')).toMatchObject({
      construct: 'staging-infrastructure/load-balancer-logs/bucket',
      kind: 'scanner',
    });
  });

  test('add-ons with their objects, including those without pods', () => {
    expect(report.addOns.map(({ name }) => name)).toEqual(['ingress', 'platform', 'storage']);
    expect(report.addOns.at(-1)?.objects).toEqual({ StorageClass: 1 });
  });

  test('requests of pods and capacity of their nodes', () => {
    expect(report.packing).toEqual([
      {
        nodeSelector: 'pool=ingress',
        workloads: 1,
        pods: 3,
        cpu: 0.6,
        memory: 3 * 128 * 2 ** 20,
        nodes: 3,
        capacity: { cpu: 6, memory: 12 * 2 ** 30 },
      },
    ]);
  });
});

test('a private environment: no egress, an internal load balancer, and no exposure to the internet', () => {
  const report = environmentReport({ network: { nat: { kind: 'none' } } });
  expect(report.networks[0]?.natGateways).toEqual([]);
  expect(report.networks[0]?.subnets.every(({ wayOut }) => wayOut === 'none')).toBe(true);
  expect(report.loadBalancers[0]?.scheme).toBe('internal');
  expect(report.exposure.filter(({ internet }) => internet)).toEqual([]);
});

test('a Kubernetes API that is open to some networks', () => {
  const report = environmentReport({ endpoint: { kind: 'private-and-public', allowedCidrs: ['203.0.113.0/24'] } });
  expect(report.exposure.find(({ what }) => what === 'Kubernetes API of staging')).toMatchObject({
    from: ['203.0.113.0/24'],
    internet: true,
  });
});

test('self-managed nodes, from the tags for the Cluster Autoscaler', () => {
  const report = environmentReport({
    nodeGroups: [
      {
        kind: 'auto-scaling',
        name: 'batch',
        architecture: 'arm64',
        instanceTypes: ['c7g.xlarge', 'm7g.xlarge'],
        capacity: { kind: 'spot' },
        labels: { pool: 'batch' },
        taints: [{ key: 'pool', value: 'batch', effect: 'PreferNoSchedule' }],
        minSize: 1,
        maxSize: 4,
      },
    ],
  });
  expect(report.nodeGroups).toMatchObject([
    {
      name: 'batch',
      kind: 'auto-scaling',
      instanceTypes: ['c7g.xlarge', 'm7g.xlarge'],
      capacity: 'SPOT',
      min: 3,
      max: 12,
      labels: { pool: 'batch' },
      taints: ['pool=batch:PreferNoSchedule'],
      zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    },
  ]);
});

describe('of privileged pods', () => {
  let report: Report;
  beforeAll(() => (report = stackReport(powerfulAgent)));

  test('every privilege with its reason', () => {
    expect(report.privileges.map(({ subject, code, detail, reason }) => [subject, code, detail, reason])).toEqual([
      ['node-agents/agent', 'host-network', "the node's network namespace", 'It watches the network of the node'],
      ['node-agents/agent', 'host-path', '/var/log of the node, read-only', 'The logs are files of the node'],
      ['node-agents/agent', 'run-as-root', 'agent: runs as root', 'The logs of the node belong to root'],
      ['node-agents/agent', 'added-capabilities', 'agent: NET_ADMIN', 'It reads sockets'],
      ['node-agents', 'pod-security-privileged', 'namespace allows privileged pods', undefined],
    ]);
  });

  test('all actions that their IAM roles grant', () => {
    expect(report.podRoles).toEqual([
      expect.objectContaining({
        role: 'agent',
        namespace: 'node-agents',
        serviceAccount: 'agent',
        by: 'pod-identity',
        managedPolicies: ['CloudWatchAgentServerPolicy'],
        grants: [
          expect.objectContaining({ actions: ['s3:PutObject'], resources: ['arn:aws:s3:::logs/*'], conditions: [] }),
          expect.objectContaining({
            actions: ['logs:*'],
            conditions: ['StringEquals aws:ResourceTag/owner = platform, audit'],
          }),
          expect.objectContaining({ effect: 'Deny', actions: ['logs:DeleteLogGroup'] }),
        ],
      }),
    ]);
  });

  test('Kubernetes permissions with their reasons', () => {
    expect(report.kubernetesPermissions).toEqual([
      expect.objectContaining({
        subject: 'node-agents/agent',
        scope: 'cluster',
        rules: ['get, list: secrets', 'get: /metrics'],
        remarks: ['reads secrets'],
        reason: 'It keeps them in step with a vault',
      }),
      expect.objectContaining({
        scope: 'node-agents',
        rules: ['update: leases.coordination.k8s.io named agent'],
        remarks: [],
      }),
    ]);
  });
});

test.each([
  ['example.com/app@sha256:' + 'a'.repeat(64), 'digest'],
  ['example.com/app:v1', 'tag'],
])('image %s is pinned by its %s', (image, pinned) => {
  const report = stackReport((stack) => powerfulAgent(stack, { image }));
  expect(report.images).toEqual([
    expect.objectContaining({ image, registry: 'example.com', repository: 'app', pinned }),
  ]);
});

test('roles trusted through OIDC, except those of a CI system', () => {
  expect(stackReport(federatedRoles).podRoles).toMatchObject([
    { role: 'pods', namespace: 'shop', serviceAccount: 'web', by: 'irsa' },
  ]);
});

test('security group rules in all forms, and public IP addresses', () => {
  const { exposure } = stackReport((stack) => {
    const group = new SecurityGroup(stack, 'group', {
      ingress: [{ cidrBlocks: ['0.0.0.0/0'], fromPort: 22, toPort: 22, protocol: 'tcp', description: 'Inline' }],
    });
    const rule = { securityGroupId: group.id, type: 'ingress', fromPort: 0, toPort: 0, protocol: '-1' };
    new SecurityGroupRule(stack, 'former', { ...rule, ipv6CidrBlocks: ['::/0'] });
    new SecurityGroupRule(stack, 'own', { ...rule, selfAttribute: true, description: 'Own' });
    new SecurityGroupRule(stack, 'out', { ...rule, type: 'egress', cidrBlocks: ['0.0.0.0/0'] });
    new VpcSecurityGroupIngressRule(stack, 'range', {
      securityGroupId: group.id,
      referencedSecurityGroupId: group.id,
      ipProtocol: 'tcp',
      fromPort: 9000,
      toPort: 9100,
    });
    new DbInstance(stack, 'database', { instanceClass: 'db.t4g.micro', publiclyAccessible: true });
  });
  expect(
    exposure.map(({ construct, what, from, ports, internet }) => [construct, what, from, ports, internet]),
  ).toEqual([
    ['test/database', 'Public IP addresses (aws_db_instance)', ['sources that the security groups allow'], 'all', true],
    ['test/former', 'Security group rule', ['::/0'], 'all', true],
    ['test/group', 'Inline', ['0.0.0.0/0'], 'tcp 22', true],
    ['test/own', 'Own', ['itself'], 'all', false],
    ['test/range', 'Security group rule', ['security group group'], 'tcp 9000-9100', false],
  ]);
});

test('policies with NotAction and NotResource, and inline policies of a role', () => {
  const [role] = stackReport(exceptionalPolicies).podRoles;
  expect(role?.managedPolicies).toEqual(['ReadOnlyAccess']);
  expect(role?.grants.map(({ actions, resources }) => [actions, resources])).toEqual([
    [['* except iam:*'], ['* except arn:aws:s3:::secret']],
    [['unknown: the policy is known after apply'], ['*']],
    [['sqs:SendMessage'], ['arn:aws:sqs:eu-west-1:123456789012:jobs']],
  ]);
});

test('a plain pod, by the rules that it breaks and the reasons that it has', () => {
  const { privileges } = stackReport((stack) => {
    new KubernetesProvider(stack, 'kubernetes');
    acknowledge(stack, 'privileged-container', 'It came so');
    new DeploymentV1(stack, 'deployment', {
      metadata: { name: 'old' },
      spec: {
        template: {
          metadata: {},
          spec: { container: [{ name: 'old', image: 'old:1', port: [{ containerPort: 80, hostPort: 80 }] }] },
        },
      },
    });
  });
  expect(privileges.map(({ code, detail, reason }) => ({ code, detail, reason }))).toEqual([
    { code: 'run-as-root', detail: 'old: may run as root' },
    { code: 'privileged-container', detail: 'old: may escalate privileges', reason: 'It came so' },
    { code: 'added-capabilities', detail: 'old: default capabilities of the runtime' },
    { code: 'privileged-container', detail: 'old: all system calls allowed', reason: 'It came so' },
    { code: 'writable-root', detail: 'old: writable root file system' },
    { code: 'host-network', detail: 'old: host port 80' },
  ]);
  expect(privileges.filter(({ code }) => !isRuleCode(code))).toEqual([]);
});

test('Helm charts', () => {
  const report = stackReport((stack) => {
    new HelmProvider(stack, 'helm', {});
    new Release(stack, 'chart', {
      name: 'kyverno',
      namespace: 'policy',
      chart: 'kyverno',
      repository: 'https://charts.example.com',
      version: '3.6.0',
    });
  });
  expect(report.helmCharts).toEqual([
    {
      construct: 'test/chart',
      name: 'kyverno',
      namespace: 'policy',
      chart: 'kyverno',
      repository: 'https://charts.example.com',
      version: '3.6.0',
    },
  ]);
});

test.each([
  ['m7g.xlarge', 4, 16],
  ['c7g.large', 2, 4],
  ['r6i.2xlarge', 8, 64],
  ['c7gn.medium', 1, 2],
  ['m7g.4xlarge', 16, 64],
  ['t4g.large', 2, 8],
  ['t3.2xlarge', 8, 32],
])('%s has %d vCPUs and %d GiB', (type, cpu, gib) => {
  expect(instanceSize(type)).toEqual({ cpu, memory: gib * 2 ** 30 });
});

test.each(['m5.metal', 'x2gd.xlarge', 'p5.48xlarge', 't3.micro', 'nonsense'])('the size of %s is unknown', (type) =>
  expect(instanceSize(type)).toBeUndefined(),
);

import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { AutoscalingAttachment } from '@cdktf/provider-aws/lib/autoscaling-attachment';
import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { Fn, TerraformOutput, type App } from 'cdktf';
import { acknowledge } from '../../../lib/core/acknowledge';
import { AwsStack } from '../../../lib/core/aws-stack';
import { offlineRehearsal, type Progress } from '../../../lib/offline';
import { describeWithTerraform, PLACE, removeSynthesized, synthesize } from './support/app';

// Most of these tests run Terraform several times, which is slow under load.
jest.setTimeout(60_000);
afterAll(removeSynthesized);

/** A cluster with nodes, a validated certificate, and the cluster's workloads in another stack. */
function app(app: App): void {
  acknowledge(app, 'cross-stack-reference', 'the subject of the test');
  const below = new AwsStack(app, 'below', PLACE);
  new Vpc(below, 'vpc', { cidrBlock: '10.0.0.0/16' });
  const role = new IamRole(below, 'role', { name: 'cluster', assumeRolePolicy: '{}' });
  const cluster = new EksCluster(below, 'cluster', {
    name: 'main',
    roleArn: role.arn,
    vpcConfig: { subnetIds: ['a', 'b'] },
  });
  const nodes = new EksNodeGroup(below, 'nodes', {
    clusterName: cluster.name,
    nodeGroupName: 'apps',
    nodeRoleArn: role.arn,
    subnetIds: ['a', 'b'],
    scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 1 },
  });
  new AutoscalingAttachment(below, 'attachment', {
    autoscalingGroupName: nodes.resources.get(0).autoscalingGroups.get(0).name,
    lbTargetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/x/1',
  });
  const zone = new Route53Zone(below, 'zone', { name: 'example.com' });
  const certificate = new AcmCertificate(below, 'certificate', { domainName: 'example.com', validationMethod: 'DNS' });
  new Route53Record(below, 'validation', {
    zoneId: zone.zoneId,
    name: certificate.domainValidationOptions.get(0).resourceRecordName,
    type: certificate.domainValidationOptions.get(0).resourceRecordType,
    ttl: 60,
    records: [certificate.domainValidationOptions.get(0).resourceRecordValue],
  });
  new TerraformOutput(below, 'name-servers', { value: zone.nameServers });

  const above = new AwsStack(app, 'above', PLACE);
  new KubernetesProvider(above, 'kubernetes', {
    host: cluster.endpoint,
    clusterCaCertificate: Fn.base64decode(cluster.certificateAuthority.get(0).data),
  });
  const namespace = new NamespaceV1(above, 'namespace', { metadata: { name: 'shop' } });
  new DeploymentV1(above, 'web', {
    metadata: { name: 'web', namespace: namespace.metadata.name },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { container: [{ name: 'web', image: 'web:1' }] } },
    },
  });
}

describeWithTerraform('a rehearsal', () => {
  test('applies in order, plans no changes, destroys in reverse order', async () => {
    const progress: Progress[] = [];
    const { ok, steps, operations } = await offlineRehearsal({
      stacksDir: synthesize(app),
      onProgress: (one) => progress.push(one),
    });
    expect(steps.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    expect(ok).toBe(true);
    expect(steps.map(({ stack, stage }) => `${stage} ${stack}`)).toEqual([
      'plan below',
      'apply below',
      'replan below',
      'plan above',
      'apply above',
      'replan above',
      'destroy above',
      'destroy below',
    ]);

    const applied = steps[1]!.order.map(({ path }) => path);
    expect(applied.indexOf('below/cluster')).toBeLessThan(applied.indexOf('below/nodes'));
    expect(applied.indexOf('below/nodes')).toBeLessThan(applied.indexOf('below/attachment'));
    const destroyed = steps.at(-1)!.order.map(({ path }) => path);
    expect([...destroyed].sort()).toEqual([...applied].sort());
    expect(destroyed.indexOf('below/nodes')).toBeLessThan(destroyed.indexOf('below/cluster'));

    expect(progress).toContainEqual({ kind: 'stage-start', stack: 'above', stage: 'apply' });
    expect(progress).toContainEqual(
      expect.objectContaining({ kind: 'resource', stack: 'above', path: 'above/web', action: 'create' }),
    );
    const created = operations['above']!.filter(({ operation }) => operation === 'create');
    expect(created.map(({ type, id }) => [type, id])).toEqual([
      ['kubernetes_namespace_v1', 'shop'],
      ['kubernetes_deployment_v1', 'shop/web'],
    ]);
  });

  test('stops at a failure, and destroys what was created', async () => {
    const stacksDir = synthesize((root) => {
      const stack = new AwsStack(root, 'test', PLACE);
      const vpc = new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16' });
      // False only once the VPC is created.
      vpc.addOverride('lifecycle.postcondition', [
        { condition: '${self.id == "vpc-1"}', error_message: 'another VPC' },
      ]);
    });
    const { ok, steps } = await offlineRehearsal({ stacksDir });
    expect(ok).toBe(false);
    expect(steps.map(({ stage, ok }) => [stage, ok])).toEqual([
      ['plan', true],
      ['apply', false],
      ['destroy', true],
    ]);
    expect(steps[1]!.diagnostics[0]).toMatchObject({
      summary: 'Resource postcondition failed',
      detail: 'another VPC',
      paths: ['test/vpc'],
    });
  });
});

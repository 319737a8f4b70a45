import { Wafv2WebAcl, type Wafv2WebAclConfig } from '@cdktf/provider-aws/lib/wafv2-web-acl';
import { DeploymentV1, type DeploymentV1Config } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { NetworkPolicyV1, type NetworkPolicyV1Config } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import {
  PodDisruptionBudgetV1,
  type PodDisruptionBudgetV1Config,
} from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { TerraformOutput, TerraformStack, Testing, type TerraformMetaArguments, type TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { LightResource } from '../../../lib/core/light-resource';

const webAcl: Wafv2WebAclConfig = {
  name: 'shop',
  scope: 'REGIONAL',
  tags: { costCenter: 'shop' },
  defaultAction: { allow: {} },
  visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: 'shop', sampledRequestsEnabled: true },
  rule: [
    {
      name: 'rate',
      priority: 1,
      action: { block: {} },
      // Untyped in the provider's class, which passes it on.
      statement: { rate_based_statement: { limit: 100, aggregate_key_type: 'IP' } },
      visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: 'rate', sampledRequestsEnabled: true },
    },
  ],
};

const deployment: DeploymentV1Config = {
  metadata: { name: 'shop', labels: { camelCase: 'kept' }, annotations: { 'example.com/someKey': 'kept' } },
  spec: {
    selector: { matchLabels: { camelCase: 'kept' } },
    template: {
      metadata: { labels: { camelCase: 'kept' } },
      spec: {
        nodeSelector: { nodePool: 'kept' },
        container: [{ name: 'web', image: 'shop:1', resources: { limits: { memory: '1Gi' } } }],
      },
    },
  },
};

const networkPolicy: NetworkPolicyV1Config = {
  metadata: { name: 'shop' },
  spec: {
    podSelector: { matchLabels: {} },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/16' } }], ports: undefined }],
    egress: [],
  },
};

const disruptionBudget: PodDisruptionBudgetV1Config = {
  metadata: { name: 'shop' },
  spec: { maxUnavailable: '1', selector: { matchLabels: { appName: 'kept' } } },
};

type ProviderClass<C> = new (scope: Construct, id: string, config: C) => TerraformResource;

function synthesized(make: (scope: Construct) => TerraformResource): unknown {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const other = new LightResource(stack, 'other', 'aws_vpc', {});
  const resource = make(stack);
  resource.addOverride('count', 2);
  resource.dependsOn = [other.fqn];
  return (JSON.parse(Testing.synth(stack)) as { resource: unknown }).resource;
}

function same<C extends TerraformMetaArguments>(type: string, provider: ProviderClass<C>, config: C) {
  const lifecycle = { preventDestroy: true, ignoreChanges: ['tags'] };
  return [
    synthesized((scope) => new LightResource<C>(scope, 'it', type, { ...config, lifecycle })),
    synthesized((scope) => new provider(scope, 'it', { ...config, lifecycle })),
  ];
}

test.each([
  ['aws_wafv2_web_acl', () => same('aws_wafv2_web_acl', Wafv2WebAcl, webAcl)],
  ['kubernetes_deployment_v1', () => same('kubernetes_deployment_v1', DeploymentV1, deployment)],
  ['kubernetes_network_policy_v1', () => same('kubernetes_network_policy_v1', NetworkPolicyV1, networkPolicy)],
  [
    'kubernetes_pod_disruption_budget_v1',
    () => same('kubernetes_pod_disruption_budget_v1', PodDisruptionBudgetV1, disruptionBudget),
  ],
])("%s is synthesized like the provider's class", (type, pair) => {
  const [light, provider] = pair();
  expect(light).toEqual(provider);
  expect(light).toHaveProperty(type);
});

test('attributes are references', () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const acl = new LightResource(stack, 'acl', 'aws_wafv2_web_acl', webAcl);
  new TerraformOutput(stack, 'id', { value: acl.id });
  new TerraformOutput(stack, 'arn', { value: acl.getStringAttribute('arn') });
  expect(JSON.parse(Testing.synth(stack))).toMatchObject({
    output: {
      id: { value: '${aws_wafv2_web_acl.acl.id}' },
      arn: { value: '${aws_wafv2_web_acl.acl.arn}' },
    },
  });
});

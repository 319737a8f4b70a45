import { dirname } from 'node:path';
import { fromState } from '../../../../lib/offline/provider/from-state';
import { OperationLog } from '../../../../lib/offline/provider/operation-log';
import { UniqueObjects } from '../../../../lib/offline/provider/unique-objects';
import { MockProvider } from '../../../../lib/offline/provider/mock-provider';
import { ProviderPackage } from '../../../../lib/offline/schema/provider-package';
import { isWhollyKnown, type ObjectValue } from '../../../../lib/offline/wire/values';

const HEX = '[0-9a-f]';
const REGION_OF_ACCOUNT = 'eu-west-1:111122223333';

/** A configured mock provider for one type, with functions that plan and create from arguments. */
function mockOf(provider: string, type: string) {
  const installed = dirname(require.resolve(`@cdktf/provider-${provider}/package.json`));
  const block = new ProviderPackage(provider, installed).schema('resource', type);
  const schemas = {
    name: provider,
    provider: { attributes: {}, blocks: {} },
    resources: { [type]: block },
    dataSources: {},
  };
  const mock = new MockProvider(schemas, new OperationLog(), new UniqueObjects());
  mock.configure({
    region: 'eu-west-1',
    allowed_account_ids: ['111122223333'],
    default_tags: [{ tags: { team: 'a' } }],
  });
  const plan = (given: ObjectValue) => mock.plan(type, null, fromState(block, given)).planned!;
  return { mock, plan, create: (given: ObjectValue) => mock.apply(type, null, plan(given)) as ObjectValue };
}

test.each<{ type: string; given: ObjectValue; expected: Record<string, unknown> }>([
  {
    type: 'aws_vpc',
    given: { cidr_block: '10.0.0.0/16' },
    expected: {
      id: expect.stringMatching(`^vpc-${HEX}{17}$`),
      arn: expect.stringMatching(`^arn:aws:ec2:${REGION_OF_ACCOUNT}:vpc/vpc-${HEX}{17}$`),
      region: 'eu-west-1',
      tags_all: { team: 'a' },
    },
  },
  {
    type: 'aws_vpc',
    given: { cidr_block: '10.0.0.0/16', region: 'us-east-1', tags: { team: 'b' } },
    expected: { arn: expect.stringMatching('^arn:aws:ec2:us-east-1:'), tags_all: { team: 'b' } },
  },
  {
    type: 'aws_eks_cluster',
    given: { name: 'main', vpc_config: [{ subnet_ids: ['a'] }] },
    expected: {
      id: 'main',
      arn: `arn:aws:eks:${REGION_OF_ACCOUNT}:cluster/main`,
      endpoint: expect.stringMatching(/^https:\/\/[A-Z0-9]{32}\.gr7\.eu-west-1\.eks\.amazonaws\.com$/),
      certificate_authority: [{ data: expect.stringMatching(/^LS0tLS1CRUdJTi/) }],
      identity: [
        {
          oidc: [
            { issuer: expect.stringMatching(/^https:\/\/oidc\.eks\.eu-west-1\.amazonaws\.com\/id\/[A-Z0-9]{32}$/) },
          ],
        },
      ],
      kubernetes_network_config: [expect.objectContaining({ service_ipv4_cidr: '172.20.0.0/16' })],
      vpc_config: [expect.objectContaining({ cluster_security_group_id: expect.stringMatching(`^sg-${HEX}{17}$`) })],
    },
  },
  {
    type: 'aws_eks_node_group',
    given: { cluster_name: 'main', node_group_name: 'apps' },
    expected: {
      id: 'main:apps',
      resources: [
        expect.objectContaining({ autoscaling_groups: [{ name: expect.stringMatching(/^eks-apps-[0-9a-f-]{36}$/) }] }),
      ],
    },
  },
  {
    type: 'aws_iam_role',
    given: { name: 'robot', path: '/ci/' },
    expected: { id: 'robot', arn: 'arn:aws:iam::111122223333:role/ci/robot' },
  },
  {
    type: 'aws_iam_role',
    given: { name_prefix: 'robot-' },
    expected: { name: expect.stringMatching(`^robot-${HEX}{26}$`) },
  },
  {
    type: 'aws_route53_zone',
    given: { name: 'example.com' },
    expected: {
      zone_id: expect.stringMatching(/^Z[A-Z0-9]{20}$/),
      name_servers: Array.from({ length: 4 }, () =>
        expect.stringMatching(/^ns-\d+\.awsdns-\d+\.(com|net|org|co\.uk)$/),
      ),
    },
  },
  {
    type: 'aws_acm_certificate',
    given: { domain_name: 'example.com', subject_alternative_names: ['*.example.com', 'shop.example.com'] },
    expected: {
      subject_alternative_names: ['*.example.com', 'shop.example.com'],
      domain_validation_options: [
        expect.objectContaining({ domain_name: 'example.com', resource_record_type: 'CNAME' }),
        expect.objectContaining({ domain_name: '*.example.com' }),
        expect.objectContaining({
          domain_name: 'shop.example.com',
          resource_record_name: expect.stringMatching(`^_${HEX}{32}\\.shop\\.example\\.com\\.$`),
        }),
      ],
    },
  },
  {
    type: 'aws_ecr_repository',
    given: { name: 'shop' },
    expected: { repository_url: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop' },
  },
  {
    type: 'aws_sqs_queue',
    given: { name: 'jobs' },
    expected: { id: 'https://sqs.eu-west-1.amazonaws.com/111122223333/jobs' },
  },
])('$type $given', ({ type, given, expected }) => {
  const { create } = mockOf('aws', type);
  const created = create(given);
  expect(created).toMatchObject(expected);
  expect(isWhollyKnown(created)).toBe(true);
});

test('a wildcard and its domain share one validation record', () => {
  const { create } = mockOf('aws', 'aws_acm_certificate');
  const created = create({ domain_name: 'example.com', subject_alternative_names: ['*.example.com'] });
  const [bare, wildcard] = created['domain_validation_options'] as ObjectValue[];
  expect(bare!['resource_record_name']).toBe(wildcard!['resource_record_name']);
  expect(bare!['resource_record_value']).toBe(wildcard!['resource_record_value']);
});

test('ids are the same on every run and differ for duplicates', () => {
  const ids = () => {
    const { create } = mockOf('aws', 'aws_vpc');
    return ['10.0.0.0/16', '10.0.0.0/16', '10.1.0.0/16'].map((cidr_block) => create({ cidr_block })['id']);
  };
  expect(ids()).toEqual(ids());
  expect(new Set(ids()).size).toBe(3);
});

test('the id of a Kubernetes object is its namespace and name', () => {
  const { create } = mockOf('kubernetes', 'kubernetes_config_map_v1');
  const created = create({ metadata: [{ name: 'settings', namespace: 'shop' }], data: { a: 'b' } });
  expect(created).toMatchObject({
    id: 'shop/settings',
    metadata: [{ generation: 1, uid: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
  });
});

test('a generated name is also in the id', () => {
  const { create } = mockOf('kubernetes', 'kubernetes_config_map_v1');
  const created = create({ metadata: [{ generate_name: 'settings-', namespace: 'shop' }] });
  const [metadata] = created['metadata'] as ObjectValue[];
  expect(created['id']).toBe(`shop/${String(metadata!['name'])}`);
});

test.each<{ type: string; given: ObjectValue; detail: string }>([
  { type: 'aws_vpc', given: { cidr_block: 'ten' }, detail: "cidr_block 'ten' is not a valid CIDR block." },
  {
    type: 'aws_iam_role',
    given: { assume_role_policy: '{' },
    detail: "assume_role_policy '{' is not a valid JSON document.",
  },
  {
    type: 'aws_iam_role',
    given: {},
    detail: 'The argument "assume_role_policy" is required, but its value is null.',
  },
  {
    type: 'aws_lb_listener',
    given: { load_balancer_arn: 'lb', default_action: [{ type: 'forward' }] },
    detail: "load_balancer_arn 'lb' is not a valid ARN.",
  },
])('validation: $detail', ({ type, given, detail }) => {
  const { mock } = mockOf('aws', type);
  expect(mock.validate('resource', type, given).map((problem) => problem.detail)).toEqual([detail]);
});

import { Token } from 'cdktf';
import { SessionManagerTunnel, type SessionManagerTunnelProps } from '../../../lib/cluster/session-manager-tunnel';
import { existingCluster, existingVpc } from '../../support/cluster';
import { refusal, synthStack } from '../../support/stack';

const PROPS: SessionManagerTunnelProps = { cluster: existingCluster(), vpc: existingVpc() };
const tunnel = (props: Partial<SessionManagerTunnelProps> = {}, options = {}) =>
  synthStack((stack) => new SessionManagerTunnel(stack, 'tunnel', { ...PROPS, ...props }), options);

test('an instance without a public address, a key or an open port, whose disk is encrypted', () => {
  const stack = tunnel();
  expect(stack.getResource('aws_launch_template').attributes).toMatchObject({
    name: 'legacy-session-manager-tunnel',
    image_id: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
    instance_type: 't4g.nano',
    metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
    block_device_mappings: [{ ebs: { encrypted: 'true', volume_type: 'gp3' } }],
    vpc_security_group_ids: [`\${${stack.getResource('aws_security_group').address}.id}`],
  });
  expect(stack.getResource('aws_launch_template').attributes).not.toHaveProperty('key_name');
  expect(stack.getResource('aws_launch_template').attributes).not.toHaveProperty('network_interfaces');
  expect(stack.ofType('aws_vpc_security_group_ingress_rule')).toEqual([]);
});

test('one instance in the private subnets, that is replaced every week, the new one first', () => {
  expect(tunnel().getResource('aws_autoscaling_group').attributes).toMatchObject({
    name: 'legacy-session-manager-tunnel',
    vpc_zone_identifier: ['subnet-private-eu-west-1a', 'subnet-private-eu-west-1b'],
    min_size: 1,
    desired_capacity: 1,
    max_size: 2,
    max_instance_lifetime: 604_800,
    instance_maintenance_policy: { min_healthy_percentage: 100, max_healthy_percentage: 200 },
  });
});

test('the instance starts once its role, its rules and its way to AWS exist', () => {
  const stack = tunnel();
  const { attributes } = stack.getResource('aws_autoscaling_group');
  expect(attributes['depends_on']).toEqual(
    expect.arrayContaining(
      ['aws_iam_role_policy_attachment', 'aws_vpc_security_group_egress_rule'].map(
        (type) => stack.getResource(type).address,
      ),
    ),
  );
});

test.each([
  { props: {}, destinations: ['0.0.0.0/0'] },
  { props: { egressCidrs: ['10.20.0.0/16', '100.64.0.0/16'] }, destinations: ['10.20.0.0/16', '100.64.0.0/16'] },
])('$props leaves HTTPS to $destinations', ({ props, destinations }) => {
  const rules = tunnel(props).ofType('aws_vpc_security_group_egress_rule');
  expect(rules.map(({ attributes }) => attributes['cidr_ipv4']).sort()).toEqual([...destinations].sort());
  for (const { attributes } of rules) expect(attributes).toMatchObject({ from_port: 443, to_port: 443 });
});

test('the API admits the tunnel, whatever networks it admits besides', () => {
  const stack = tunnel({ cluster: { ...existingCluster(), apiSecurityGroupId: 'sg-api' } });
  expect(stack.getResource('aws_vpc_security_group_ingress_rule').attributes).toMatchObject({
    security_group_id: 'sg-api',
    referenced_security_group_id: `\${${stack.getResource('aws_security_group').address}.id}`,
    from_port: 443,
    to_port: 443,
  });
});

test("the environment's tags, and the one that the policy selects by, are on the instance", () => {
  const stack = tunnel({}, { tags: { environment: 'staging' } });
  expect(stack.getResource('aws_autoscaling_group').attributes['tag']).toEqual([
    { key: 'environment', value: 'staging', propagate_at_launch: true },
    { key: 'Name', value: 'legacy-session-manager-tunnel', propagate_at_launch: true },
    { key: 'quayside:tunnel', value: 'legacy', propagate_at_launch: true },
  ]);
  const specifications = stack.getResource('aws_launch_template').attributes['tag_specifications'];
  expect(specifications.map((one: { resource_type: string }) => one.resource_type)).toEqual([
    'volume',
    'network-interface',
  ]);
});

test('operators can forward ports to the instance, end their own sessions, and nothing else', () => {
  const { Statement } = JSON.parse(tunnel().getResource('aws_iam_policy').attributes['policy']);
  const checked = { 'ssm:SessionDocumentAccessCheck': 'true' };
  expect(Statement).toEqual([
    {
      Sid: 'Instance',
      Effect: 'Allow',
      Action: 'ssm:StartSession',
      Resource: 'arn:aws:ec2:eu-west-1:123456789012:instance/*',
      Condition: { BoolIfExists: checked, StringEquals: { 'ssm:resourceTag/quayside:tunnel': 'legacy' } },
    },
    {
      Sid: 'PortForwardingOnly',
      Effect: 'Allow',
      Action: 'ssm:StartSession',
      Resource: 'arn:aws:ssm:eu-west-1::document/AWS-StartPortForwardingSession',
      Condition: { BoolIfExists: checked },
    },
    {
      Sid: 'OwnSessions',
      Effect: 'Allow',
      Action: ['ssm:ResumeSession', 'ssm:TerminateSession', 'ssmmessages:OpenDataChannel'],
      // A variable of IAM, not of Terraform.
      Resource: 'arn:aws:ssm:eu-west-1:123456789012:session/$${aws:userid}-*',
    },
    { Sid: 'FindInstance', Effect: 'Allow', Action: 'ec2:DescribeInstances', Resource: '*' },
    {
      Sid: 'ConfigureKubectl',
      Effect: 'Allow',
      Action: 'eks:DescribeCluster',
      Resource: 'arn:aws:eks:eu-west-1:123456789012:cluster/legacy',
    },
  ]);
});

test('the roles get the policy', () => {
  const stack = tunnel({ roles: ['platform', 'deploy'] });
  const { address } = stack.getResource('aws_iam_policy');
  expect(
    ['platform', 'deploy'].map(
      (role) => stack.getResource('aws_iam_role_policy_attachment', `tunnel/role-${role}`).attributes,
    ),
  ).toEqual([
    expect.objectContaining({ role: 'platform', policy_arn: `\${${address}.arn}` }),
    expect.objectContaining({ role: 'deploy', policy_arn: `\${${address}.arn}` }),
  ]);
});

test('the command finds the instance and forwards the port of the proxy', () => {
  let command = '';
  synthStack((stack) => {
    ({ tunnelCommand: command } = new SessionManagerTunnel(stack, 'tunnel', PROPS));
  });
  expect(command).toBe(
    'aws ssm start-session --region eu-west-1 --target "$(aws ec2 describe-instances --region eu-west-1 ' +
      "--filters 'Name=tag:quayside:tunnel,Values=legacy' Name=instance-state-name,Values=running " +
      "--query 'sort_by(Reservations[].Instances[], &LaunchTime)[0].InstanceId' --output text)\" " +
      '--document-name AWS-StartPortForwardingSession --parameters portNumber=8888,localPortNumber=8888',
  );
});

test.each<{ props: object; message: string }>([
  {
    props: { roles: ['team/platform'] },
    message: "roles[0] must be the name of an IAM role without its path, such as platform, got 'team/platform'",
  },
  {
    props: { roles: ['AWSReservedSSO_Admin_0123456789abcdef'] },
    message:
      "roles has 'AWSReservedSSO_Admin_0123456789abcdef', which IAM Identity Center manages: add the policy to its permission set, and remove the role",
  },
  { props: { roles: ['deploy', 'deploy'] }, message: "roles has 'deploy' twice: remove one" },
  { props: { role: ['deploy'] }, message: "unknown property 'role': did you mean 'roles'?" },
  {
    props: { egressCidrs: ['10.20.0.0'] },
    message: "egressCidrs[0] must be an IPv4 CIDR block, such as 10.20.0.0/16, got '10.20.0.0'",
  },
  {
    props: { egressCidrs: [] },
    message: 'egressCidrs is empty, so that the instance would reach nothing: list networks, or omit it for 0.0.0.0/0',
  },
  { props: { egressCidrs: ['10.0.0.0/8', '10.0.0.0/8'] }, message: 'egressCidrs has 10.0.0.0/8 twice: remove one' },
  {
    props: { cluster: { clusterName: 'legacy', endpoint: 'legacy.example.com' } },
    message: "cluster.endpoint must be the URL of a Kubernetes API, such as cluster.endpoint, got 'legacy.example.com'",
  },
  {
    props: { cluster: { ...PROPS.cluster, apiSecurityGroup: 'sg-0123456789abcdef0' } },
    message: "unknown property 'cluster.apiSecurityGroup': did you mean 'apiSecurityGroupId'?",
  },
  {
    props: { vpc: { ...PROPS.vpc, privateSubnets: 'subnet-0123456789abcdef0' } },
    message: "vpc.privateSubnets must be a list, got 'subnet-0123456789abcdef0'",
  },
  {
    props: { roles: [Token.asString({ resolve: () => 'deploy' })] },
    message: 'roles[0] is known after apply: use a literal, the name of an IAM role without its path, such as platform',
  },
  {
    props: { vpc: existingVpc(['eu-west-1a'], ['intra']) },
    message: "vpc has no privateSubnets: list at least one, for the tunnel's instance",
  },
])('$props is rejected', ({ props, message }) => {
  expect(refusal((stack) => new SessionManagerTunnel(stack, 'tunnel', { ...PROPS, ...props }))).toBe(
    `test/tunnel: ${message}`,
  );
});

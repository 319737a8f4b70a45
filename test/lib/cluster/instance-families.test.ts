import { Testing, Token } from 'cdktf';
import { AutoScalingNodeGroup } from '../../../lib/cluster/auto-scaling-node-group';
import { unknownFamily } from '../../../lib/cluster/instance-families';
import { ManagedNodeGroup } from '../../../lib/cluster/managed-node-group';
import { AwsStack } from '../../../lib/core/aws-stack';
import { warningsOf } from '../../../lib/core/warnings';
import { existingCluster, existingVpc } from '../../support/cluster';

const unknown = (type: string, hint: string) =>
  `instanceTypes has '${type}', whose family this release does not know: ${hint}`;

test.each<{ type: string; warning: string | false }>([
  { type: 'm7g.large', warning: false },
  { type: 'm7i-flex.large', warning: false },
  { type: 'u7i-12tb.224xlarge', warning: false },
  { type: 'c7gx.large', warning: unknown('c7gx.large', "did you mean 'c7g.large'?") },
  { type: 'quantum9000.large', warning: unknown('quantum9000.large', 'check its name') },
  { type: Token.asString({ resolve: () => '${var.type}' }), warning: false },
])('$type', ({ type, warning }) => {
  expect(unknownFamily(type)).toBe(warning);
});

test('node groups of both kinds warn, once for each type, and are created', () => {
  const app = Testing.app();
  const stack = new AwsStack(app, 'test', { account: '123456789012', region: 'eu-west-1' });
  const props = {
    cluster: existingCluster(),
    subnets: existingVpc().privateSubnets,
    architecture: 'arm64',
    instanceTypes: ['m7g.large', 'm99g.large'],
    minSize: 1,
    maxSize: 2,
  } as const;
  new ManagedNodeGroup(stack, 'managed', { ...props, name: 'managed' });
  new AutoScalingNodeGroup(stack, 'self', { ...props, name: 'self' });
  expect(warningsOf(app).map((one) => one.replace(/: did you mean .*/, ''))).toEqual(
    ['managed', 'self'].map(
      (id) => `test/${id}: instanceTypes has 'm99g.large', whose family this release does not know`,
    ),
  );
});

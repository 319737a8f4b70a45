import { AwsStack, synthesize, Vpc } from 'quayside';

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  const stack = new AwsStack(app, 'guide-network', { account: '123456789012', region: 'eu-west-1' });

  const vpc = new Vpc(stack, 'network', {
    name: 'guide',
    cidr: '10.80.0.0/16',
    zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    nat: { kind: 'single' },
    secondaryCidrs: ['100.64.0.0/16'],
  });

  // The escape hatch: child resources are public and accept overrides.
  vpc.vpc.addOverride('tags.CostCenter', '4711');
});

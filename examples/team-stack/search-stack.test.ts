import 'quayside/testing/jest';
import { AutoscalingAttachment } from '@cdktf/provider-aws/lib/autoscaling-attachment';
import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import type { App } from 'cdktf';
import { hasTerraform, planStack, rehearse, synthStack } from 'quayside/testing';
import { SearchStack } from './search-stack';

const search = (app: App, maxNodes = 4) =>
  new SearchStack(app, 'team-search', { account: '123456789012', region: 'eu-west-1', maxNodes });

test('spot nodes are tainted for the team', () => {
  const stack = synthStack((app) => search(app));

  expect(stack).toHaveResource(EksNodeGroup, {
    capacityType: 'SPOT',
    scalingConfig: { maxSize: 4 },
    taint: [{ key: 'team', value: 'search', effect: 'NO_SCHEDULE' }],
  });
  expect(stack).toHaveResource(LbListener, { port: 443, protocol: 'HTTPS' });
  expect(stack).not.toHaveResource(Lb, { internal: true });
  expect(stack).toReference(AutoscalingAttachment, EksNodeGroup);
});

// With Terraform or OpenTofu on the PATH; no account and no network.
(hasTerraform() ? describe : describe.skip)('with Terraform', () => {
  test('the plan matches its snapshot', async () => {
    expect(await planStack((app) => search(app))).toMatchPlanSnapshot();
  });

  test('more nodes change only the node groups', async () => {
    const plan = await planStack((app) => search(app, 8), { baseline: (app) => search(app) });

    expect(plan).toHaveNoDestroy();
    expect(plan).toPlan({ update: ['nodes/group-eu-west-1a', 'nodes/group-eu-west-1b'] });
  });

  test('all resources can be created and destroyed', async () => {
    const rehearsal = await rehearse((app) => search(app));

    expect(rehearsal).toCreateBefore(Lb, LbListener);
  });
});

import 'quayside/testing/jest';
import { describeWithTerraform, removeSynthesized } from '../lib/offline/support/app';
import { APPS } from '../support/apps';
import { lifecycleOf } from '../support/lifecycle';

jest.setTimeout(240_000);
afterAll(removeSynthesized);

describeWithTerraform('every stack of this repository can be planned, and the plan matches its snapshot', () => {
  test.each([...APPS.keys()])('%s', async (name) => {
    const { plans, rehearsal } = await lifecycleOf(name);
    expect([...plans.keys()].sort()).toEqual([...rehearsal.stacks.keys()].sort());
    for (const [stack, plan] of plans) {
      expect(plan).toPlan({ create: plan.synthesized!.resources.length });
      expect(plan).toMatchPlanSnapshot(stack);
    }
  });
});

describeWithTerraform(
  'every stack of this repository can be created, has no diff afterwards, and can be destroyed',
  () => {
    test.each([...APPS.keys()])('%s', async (name) => {
      const { stacks, created, destroyed } = (await lifecycleOf(name)).rehearsal;
      const addresses = [...stacks.values()].flatMap((stack) =>
        stack.resources.map(({ address }) => `${stack.name} ${address}`),
      );
      const formatted = ({ stack, address }: { stack: string; address: string }) => `${stack} ${address}`;
      const ofTheApp = ({ stack }: { stack: string }) => stacks.has(stack);
      expect(created.filter(ofTheApp).map(formatted).sort()).toEqual(addresses.sort());
      expect(destroyed.filter(ofTheApp).map(formatted).sort()).toEqual(addresses);
      const others = new Set(created.map(({ stack }) => stack).filter((stack) => !stacks.has(stack)));
      expect([...others]).toEqual(name === 'team-with-facts' ? ['staging-infrastructure'] : []);
    });
  },
);

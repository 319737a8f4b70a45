import 'quayside/testing/jest';
import { planApp } from 'quayside/testing';
import { describeWithTerraform, removeSynthesized, synthesize } from '../lib/offline/support/app';
import { APPS, statesFrom, writeAppOf } from '../support/apps';

afterAll(removeSynthesized);

describeWithTerraform('every stack of this repository can be planned, and the plan matches its snapshot', () => {
  test.each([...APPS.keys()])(
    '%s',
    async (name) => {
      const outdir = synthesize(() => {});
      writeAppOf(name, outdir);
      for (const [stack, plan] of await planApp(
        outdir,
        statesFrom(name, () => synthesize(() => {})),
      )) {
        expect(plan).toPlan({ create: plan.synthesized!.resources.length });
        expect(plan).toMatchPlanSnapshot(stack);
      }
    },
    120_000,
  );
});

import 'quayside/testing/jest';
import { rehearse } from 'quayside/testing';
import { describeWithTerraform, removeSynthesized, synthesize } from '../lib/offline/support/app';
import { APPS, statesFrom, writeAppOf } from '../support/apps';

afterAll(removeSynthesized);

describeWithTerraform(
  'every stack of this repository can be created, has no diff afterwards, and can be destroyed',
  () => {
    test.each([...APPS.keys()])(
      '%s',
      async (name) => {
        const outdir = synthesize(() => {});
        writeAppOf(name, outdir);
        const { stacks, created, destroyed } = await rehearse(
          outdir,
          statesFrom(name, () => synthesize(() => {})),
        );
        const addresses = [...stacks.values()].flatMap((stack) =>
          stack.resources.map(({ address }) => `${stack.name} ${address}`),
        );
        const formatted = ({ stack, address }: { stack: string; address: string }) => `${stack} ${address}`;
        const ofTheApp = ({ stack }: { stack: string }) => stacks.has(stack);
        expect(created.filter(ofTheApp).map(formatted).sort()).toEqual(addresses.sort());
        expect(destroyed.filter(ofTheApp).map(formatted).sort()).toEqual(addresses);
        const others = new Set(created.map(({ stack }) => stack).filter((stack) => !stacks.has(stack)));
        expect([...others]).toEqual(name === 'team-with-facts' ? ['staging-infrastructure'] : []);
      },
      240_000,
    );
  },
);

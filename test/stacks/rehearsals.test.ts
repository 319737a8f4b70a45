import 'quayside/testing/jest';
import { rehearse } from 'quayside/testing';
import { describeWithTerraform, removeSynthesized, synthesize } from '../lib/offline/support/app';
import { APPS, writeAppOf } from '../support/apps';

afterAll(removeSynthesized);

describeWithTerraform(
  'every stack of this repository can be created, has no diff afterwards, and can be destroyed',
  () => {
    test.each([...APPS.keys()])(
      '%s',
      async (name) => {
        const outdir = synthesize(() => {});
        writeAppOf(name, outdir);
        const { stacks, created, destroyed } = await rehearse(outdir);
        const addresses = [...stacks.values()].flatMap((stack) =>
          stack.resources.map(({ address }) => `${stack.name} ${address}`),
        );
        const formatted = ({ stack, address }: { stack: string; address: string }) => `${stack} ${address}`;
        expect(created.map(formatted).sort()).toEqual(addresses.sort());
        expect(destroyed.map(formatted).sort()).toEqual(addresses);
      },
      240_000,
    );
  },
);

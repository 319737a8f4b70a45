import { stacksRead } from '../../../../lib/offline/workspace/stacks-read';
import type { SynthesizedStackFolder } from '../../../../lib/offline/workspace/synthesized-app';

/** A stack whose state is at `key`, and which reads states by the ids of `terraform_remote_state`. */
function stack(name: string, key: string, reads: Readonly<Record<string, string>> = {}): SynthesizedStackFolder {
  const at = (where: string) => ({ bucket: 'states', key: where, region: 'eu-west-1' });
  const states = Object.entries(reads).map(([id, where]) => [id, { backend: 's3', config: at(where) }]);
  return {
    name,
    directory: `/app/${name}`,
    dependencies: [],
    json: {
      terraform: { backend: { s3: at(key) } },
      data: { terraform_remote_state: Object.fromEntries(states) },
    },
  };
}

/** As cdktf reads the state of a stack of the same app: by an id, whatever the backend. */
const crossStack = (name: string) => ({ [`cross-stack-reference-input-${name}`]: 'anywhere' });

const others = [
  stack('network', 'a/network'),
  stack('shared', 'a/shared'),
  stack('cluster', 'a/cluster', { network: 'a/network' }),
  stack('platform', 'a/platform', crossStack('shared')),
];

test.each<{ title: string; app: SynthesizedStackFolder[]; read: string[] }>([
  { title: 'none that is not read', app: [stack('shop', 'b/shop')], read: [] },
  { title: 'one that is read', app: [stack('shop', 'b/shop', { any: 'a/network' })], read: ['network'] },
  { title: 'and what it reads', app: [stack('shop', 'b/shop', { any: 'a/cluster' })], read: ['network', 'cluster'] },
  {
    title: "none for a name of the app's own",
    app: [stack('shared', 'b/shared'), stack('shop', 'b/shop', crossStack('shared'))],
    read: [],
  },
  {
    title: 'a stack with the name of one of the app, by its backend',
    app: [stack('shared', 'b/shared'), stack('shop', 'b/shop', { any: 'a/shared' })],
    read: ['shared'],
  },
  {
    title: "of a name, the other app's to its own stacks",
    app: [stack('shared', 'b/shared'), stack('shop', 'b/shop', { any: 'a/platform' })],
    read: ['shared', 'platform'],
  },
])('of another app, $title', ({ app, read }) => {
  expect(stacksRead(app, others).map(({ name }) => name)).toEqual(read);
});

test('what is read waits only for stacks of its own app', () => {
  const dependencies = ['shared', 'network'];
  const app = [stack('shared', 'b/shared', { any: 'a/cluster' })];
  const read = stacksRead(app, [others[0]!, { ...others[2]!, dependencies }]);
  expect(read.map((one) => one.dependencies)).toEqual([[], ['network']]);
});

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StateReads } from '../../../../lib/cli/app/state-reads';
import type { SynthesizedStackFolder } from '../../../../lib/offline/workspace/synthesized-app';
import { Project, removeProjects } from '../support/project';

afterAll(removeProjects);

/** A stack whose state key is its name, and which reads the states of others. */
function stack(name: string, ...reads: string[]): SynthesizedStackFolder {
  const backend = (key: string) => ({ bucket: 'states', key });
  const states = reads.map((key) => [key, { backend: 's3', config: { ...backend(key), region: 'eu-west-1' } }]);
  return {
    name,
    directory: join('/app', name),
    dependencies: [],
    json: {
      terraform: { backend: { s3: { ...backend(name), region: 'eu-west-1' } } },
      data: { terraform_remote_state: Object.fromEntries(states) },
    },
  };
}

const reads = new StateReads([
  stack('network'),
  stack('cluster', 'network'),
  stack('team', 'cluster'),
  stack('shop', 'elsewhere'),
]);

test.each<{ names: string[]; withDependencies: string[] }>([
  { names: ['network'], withDependencies: ['network'] },
  { names: ['team'], withDependencies: ['team', 'cluster', 'network'] },
  { names: ['shop', 'network'], withDependencies: ['shop', 'network'] },
])('$names requires $withDependencies', ({ names, withDependencies }) => {
  expect([...reads.withDependencies(names)]).toEqual(withDependencies);
});

test('a state that no stack owns is external', () => {
  expect(['team', 'shop'].map((name) => reads.readsExternalState([name]))).toEqual([false, true]);
});

test('a manifest of some stacks refers to their original directories', () => {
  const directory = reads.restrictedTo(['cluster'], new Project().temporary());
  const { stacks } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as {
    stacks: Record<string, { workingDirectory: string }>;
  };
  const found = Object.entries(stacks).map(([name, { workingDirectory }]) => [
    name,
    resolve(directory, workingDirectory),
  ]);
  expect(Object.fromEntries(found)).toEqual({ network: '/app/network', cluster: '/app/cluster' });
});

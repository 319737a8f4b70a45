import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as quayside from '../../lib';

const { build } = require('../../scripts/build') as { build: (out: string, folders: readonly string[]) => void };

test('the public surface', () => {
  expect(Object.keys(quayside).sort()).toMatchSnapshot();
});

describe('what an import loads', () => {
  // Below the project, so that the compiled files find its packages.
  const out = mkdtempSync(join(__dirname, '..', '..', '.index-test-'));
  beforeAll(() => build(out, ['lib']));
  afterAll(() => rmSync(out, { recursive: true }));

  /** The modules of provider packages that are loaded once `expression` has been evaluated with the library as `q`. */
  function loaded(expression: string): string[] {
    const script = `
      const q = require(${JSON.stringify(join(out, 'lib'))});
      ${expression};
      const modules = Object.keys(require.cache).map((file) => /provider-([a-z]+)\\/lib\\/([^/]+)\\//.exec(file));
      console.log(JSON.stringify([...new Set(modules.filter(Boolean).map(([, , name]) => name))].sort()));`;
    return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', cwd: out })) as string[];
  }

  test('the index alone loads no provider module, and not even cdktf', () => {
    expect(loaded('')).toEqual([]);
    expect(loaded('if (Object.keys(require.cache).some((file) => /node_modules.cdktf/.test(file))) throw 1')).toEqual(
      [],
    );
  });

  test('a construct that is named but not made loads none', () => {
    expect(loaded('q.Vpc; q.Cluster; q.ApplicationLoadBalancer')).toEqual([]);
  });

  test('one construct loads its own resources only', () => {
    const stack =
      "new q.AwsStack(new (require('cdktf').App)({ outdir: 'cdktf.out' }), 's', { account: '123456789012', region: 'eu-west-1' })";
    expect(loaded(`new q.ImageRepository(${stack}, 'r', { name: 'shop' })`)).toEqual([
      'ecr-lifecycle-policy',
      'ecr-repository',
      'provider',
    ]);
  });

  test("pods load none of the provider's classes for pods, and an autoscaler only where there is one", () => {
    const workload = (replicas: string) => `
      const stack = new (require('cdktf').TerraformStack)(new (require('cdktf').App)({ outdir: 'cdktf.out' }), 's');
      new q.Workload(stack, 'w', {
        namespace: { namespaceName: 'shop' },
        identity: { name: 'api', partOf: 'shop' },
        controller: { kind: 'deployment', replicas: ${replicas} },
        containers: [
          { name: 'api', image: 'shop:1', resources: { cpu: '1', memory: '1Gi' }, readiness: { command: ['true'] } },
        ],
      })`;
    expect(loaded(workload('1'))).toEqual([]);
    expect(loaded(workload('{ min: 2, max: 3 }'))).toEqual(['horizontal-pod-autoscaler-v2']);
  });

  test('an ES module imports by name', () => {
    const file = join(out, 'main.mjs');
    writeFileSync(
      file,
      `import { Vpc, acknowledge } from './lib/index.js';\nconsole.log(typeof Vpc, typeof acknowledge);`,
    );
    expect(execFileSync(process.execPath, [file], { encoding: 'utf8' })).toBe('function function\n');
  });
});

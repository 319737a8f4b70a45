'use strict';
// Packs the library, installs the tarball in an empty folder, compiles a user's stack with `tsc --strict` and runs it.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
const { devDependencies, peerDependencies, peerDependenciesMeta } = require('../package.json');

const STACK = `import { App } from 'cdktf';
import { AwsStack, Cluster, ManagedNodeGroup, StandardAddOns, Vpc, type VpcRef } from 'quayside';

const app = new App();
const stack = new AwsStack(app, 'team', { account: '123456789012', region: 'eu-west-1' });
const vpc: VpcRef = new Vpc(stack, 'network', {
  name: 'team',
  cidr: '10.50.0.0/16',
  zones: ['eu-west-1a', 'eu-west-1b'],
});
const cluster = new Cluster(stack, 'cluster', {
  name: 'team',
  vpc,
  kubernetesVersion: '1.35',
  access: [{ name: 'admins', principalArn: 'arn:aws:iam::123456789012:role/admins', policy: 'cluster-admin' }],
});
const nodes = new ManagedNodeGroup(stack, 'apps', {
  cluster, name: 'apps', subnets: vpc.privateSubnets,
  architecture: 'arm64', instanceTypes: ['m7g.large'], minSize: 1, maxSize: 3,
});
new StandardAddOns(stack, 'add-ons', { cluster, after: nodes.ready });
app.synth();
`;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-package-'));
const run = (command, args, cwd = folder) =>
  execFileSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
try {
  const packed = JSON.parse(run('npm', ['pack', '--json', '--silent', '--pack-destination', folder], ROOT));
  const tarball = Object.values(packed)[0];
  // Without optional peers: the main entry point must not need them.
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  const pinned = [...peers, 'typescript', '@types/node'].map((name) => `${name}@${devDependencies[name]}`);
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  run('npm', [
    'install',
    '--silent',
    '--no-fund',
    '--no-audit',
    '--prefer-offline',
    `./${tarball.filename}`,
    ...pinned,
  ]);
  fs.writeFileSync(path.join(folder, 'main.ts'), STACK);
  run('npx', [
    'tsc',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--types',
    'node',
    'main.ts',
  ]);
  run(process.execPath, ['main.js']);
  const stack = JSON.parse(fs.readFileSync(path.join(folder, 'cdktf.out/stacks/team/cdk.tf.json'), 'utf8'));
  const types = Object.keys(stack.resource);
  for (const type of ['aws_vpc', 'aws_eks_cluster', 'aws_eks_node_group']) {
    if (!types.includes(type)) throw new Error(`the packed library did not synthesize ${type}`);
  }
  console.log(
    `the packed library (${Math.round(tarball.size / 1024)} KB) compiles and synthesizes ${types.length} resource types`,
  );
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}

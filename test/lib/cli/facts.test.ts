import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Io } from '../../../lib/cli/io';
import { run } from '../../../lib/cli/run';
import { InstalledPackage, Project, removeProjects } from './support/project';

afterAll(removeProjects);

const LOCAL =
  'quayside: the state is a local file, which another repository cannot read: give the environment an s3 backend\n';

/** Two environments and a stack that is none; `staging` keeps its state in a file. */
const APP = (quayside: string) => `
const { addSharedStack, Environment, EnvironmentProfile, synthesize } = require(${JSON.stringify(quayside)});
console.log('the app says something');
const common = {
  account: '123456789012', region: 'eu-west-1', zones: ['eu-west-1a', 'eu-west-1b'], profile: EnvironmentProfile.solo(),
  kubernetesVersion: '1.35',
  access: [{ name: 'platform', role: 'platform', policy: 'cluster-admin' }],
};
const backend = { kind: 's3', bucket: 'states', region: 'eu-west-1' };
synthesize({}, (app) => {
  addSharedStack(app, { account: '123456789012', region: 'eu-west-1', backend });
  new Environment(app, { ...common, name: 'production', cidr: '10.20.0.0/16', domain: 'p.example.com', backend });
  new Environment(app, { ...common, name: 'staging', cidr: '10.30.0.0/16', domain: 's.example.com' });
  if (process.env.BROKEN) new Environment(app, { ...common, name: 'broken', cidr: '10.40.0.0/16', domain: 'b', zones: [] });
});
`;

const PLAIN = `
const { App, TerraformStack } = require('cdktf');
const app = new App();
new TerraformStack(app, 'shop');
app.synth();
`;

describe('quayside facts', () => {
  let project: Project;
  let quayside: InstalledPackage;

  beforeAll(() => {
    quayside = new InstalledPackage();
    project = new Project();
    writeFileSync(join(project.directory, 'environments.js'), APP(join(quayside.directory, 'dist', 'lib')));
    writeFileSync(join(project.directory, 'plain.js'), PLAIN);
  });

  async function called(args: readonly string[], app = 'node environments.js') {
    let [out, err] = ['', ''];
    const io: Io = {
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      cwd: project.directory,
      colour: false,
      live: false,
      signal: new AbortController().signal,
    };
    return { code: await run(['facts', ...args, '--app', app], io), out, err };
  }

  test('prints one JSON document on standard output, and nothing else', async () => {
    const temporary = project.temporary();
    const { code, stdout, stderr } = await quayside.run(
      ['facts', 'production', '--app', 'node environments.js'],
      project.directory,
      { env: { TMPDIR: temporary } },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      name: 'production',
      domain: 'p.example.com',
      backend: { kind: 's3', bucket: 'states', region: 'eu-west-1' },
    });
    expect(existsSync(join(project.directory, 'cdktf.out'))).toBe(false);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('warns of a state that no other repository can read, and tells of a file, on stderr only', async () => {
    const { code, out, err } = await called(['staging']);
    expect({ code, err }).toEqual({ code: 0, err: LOCAL });
    expect(JSON.parse(out)).toMatchObject({ name: 'staging', backend: { kind: 'local' } });
    // In a folder that is not there yet.
    const file = await called(['staging', '--out', 'facts/new/staging.json']);
    expect(file).toEqual({ code: 0, out: '', err: `${LOCAL}written to facts/new/staging.json\n` });
    expect(project.read('facts/new/staging.json')).toBe(out);
  });

  test.each([{ name: 'prodution' }, { name: 'production-infrastructure' }])(
    'no environment has the name $name',
    async ({ name }) => {
      expect(await called([name])).toEqual({
        code: 1,
        out: '',
        err: `quayside: no environment is named ${name}: use one of production, staging\n`,
      });
    },
  );

  test.each([
    { args: [], says: 'name one environment: quayside facts production' },
    { args: ['production', 'staging'], says: 'name one environment: quayside facts production' },
    { args: ['production', '--out'], says: '--out needs a value' },
    { args: ['production', '--markdown'], says: "unknown option '--markdown'" },
  ])('$args is not understood: $says', async ({ args, says }) => {
    expect(await called(args)).toEqual({
      code: 2,
      out: '',
      err: `quayside: ${says}\nTry: quayside facts --help\n`,
    });
  });

  test('an app without environments', async () => {
    expect(await called(['shop'], 'node plain.js')).toEqual({
      code: 1,
      out: '',
      err: 'quayside: the app wrote no facts: add an Environment to it, or update the quayside that it uses\n',
    });
  });

  test('another environment may have mistakes', async () => {
    const { code, err } = await called(['production'], 'BROKEN=1 node environments.js');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const broken = await called(['broken'], 'BROKEN=1 node environments.js');
    expect(broken).toMatchObject({ code: 1, out: '' });
    expect(broken.err).toContain('broken-infrastructure: ');
    expect(broken.err).toContain('quayside: the app failed with exit code 1: BROKEN=1 node environments.js');
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TerraformOutput, TerraformStack, type App } from 'cdktf';
import { acknowledge } from '../../../../lib/core/acknowledge';
import {
  findTerraform,
  offlinePlan,
  offlineRehearsal,
  type SkippedProvisioners,
  type StackPlan,
} from '../../../../lib/offline';
import { planStack, rehearse, rehearseChanges } from '../../../../lib/testing';
import { describeWithTerraform, removeSynthesized, synthesize } from '../support/app';

jest.setTimeout(60_000);
let work: string;
/** Provisioners create files here, named after themselves. */
let planted: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'offline-test-'));
  planted = join(work, 'planted');
  mkdirSync(planted);
});
afterEach(() => rmSync(work, { recursive: true, force: true }));
afterAll(removeSynthesized);

const exec = (name: string) => ({ command: `touch ${planted}/${name}` });
const hcl = (resource: string, name = resource) =>
  `resource "terraform_data" "${resource}" {\n  provisioner "local-exec" {\n    command = "touch ${planted}/${name}"\n  }\n}\n`;

const NAMES = [
  'array',
  'destroy',
  'file',
  'git-module',
  'in-module',
  'json-file',
  'map',
  'map-of-arrays',
  'nested-module',
  'override',
].sort();

/** A stack with provisioners in every place, of which each plants a file. */
function stackWithProvisioners(app: App): TerraformStack {
  const stack = new TerraformStack(app, 'test');
  const resources = {
    array: { provisioner: [{ 'local-exec': exec('array') }] },
    map: { provisioner: { 'local-exec': exec('map') } },
    'map-of-arrays': { provisioner: { 'local-exec': [exec('map-of-arrays')] } },
    destroy: { provisioner: [{ 'local-exec': { ...exec('destroy'), when: 'destroy' } }] },
    overridden: { input: 1 },
  };
  for (const [id, body] of Object.entries(resources)) stack.addOverride(`resource.terraform_data.${id}`, body);
  stack.addOverride('module', {
    local: { source: './modules/local' },
    fetched: { source: `git::file://${work}/repository` },
  });
  new TerraformOutput(stack, 'out', { value: '${terraform_data.array.id}', staticId: true });
  return stack;
}

function addFiles(outdir: string): string {
  const stack = join(outdir, 'stacks', 'test');
  const [module, nested] = [join(stack, 'modules', 'local'), join(stack, 'modules', 'nested')];
  const repository = join(work, 'repository');
  for (const directory of [module, nested, repository]) mkdirSync(directory, { recursive: true });
  writeFileSync(join(stack, 'more.tf'), hcl('file'));
  writeFileSync(
    join(stack, 'more.tf.json'),
    JSON.stringify({
      resource: [{ terraform_data: [{ json: [{ provisioner: [{ 'local-exec': exec('json-file') }] }] }] }],
    }),
  );
  writeFileSync(join(stack, 'some_override.tf'), hcl('overridden', 'override'));
  writeFileSync(join(module, 'main.tf'), `${hcl('in-module')}module "nested" {\n  source = "../nested"\n}\n`);
  writeFileSync(join(nested, 'main.tf'), hcl('nested-module'));
  writeFileSync(join(repository, 'main.tf'), hcl('git-module'));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository });
  if (existsSync(join(repository, '.git'))) return outdir;
  git('init', '-q');
  git('add', '.');
  git('-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '-q', '-m', 'one');
  return outdir;
}

function reader(app: App): void {
  acknowledge(app, 'cross-stack-reference', 'the subject of the test');
  const stack = stackWithProvisioners(app);
  const other = new TerraformStack(app, 'reader');
  other.addOverride('data.terraform_remote_state.cross-stack-reference-input-test', {
    backend: 'local',
    config: { path: 'x' },
  });
  other.addOverride('resource.terraform_data.reader', {
    input: '${data.terraform_remote_state.cross-stack-reference-input-test.outputs.out}',
  });
  other.addDependency(stack);
}

describeWithTerraform('provisioners', () => {
  const app = () => addFiles(synthesize((root) => void stackWithProvisioners(root)));

  test('of the fixture are run by Terraform itself', () => {
    const cwd = join(app(), 'stacks', 'test');
    for (const args of [['init'], ['apply', '-auto-approve'], ['destroy', '-auto-approve']]) {
      const { status, stderr } = spawnSync(findTerraform().path, args, { cwd, encoding: 'utf8' });
      expect(`${status} ${stderr}`).toMatch(/^0 /);
    }
    expect(readdirSync(planted).sort()).toEqual(NAMES);
  });

  test.each<[string, () => Promise<{ ok: boolean; diagnostics: unknown[] }>]>([
    ['plan', async () => outcome(await offlinePlan({ stacksDir: app() }))],
    ['plan against a baseline', async () => outcome(await offlinePlan({ stacksDir: app(), baseline: app() }))],
    [
      'plan of a stack that another reads',
      async () => outcome(await offlinePlan({ stacksDir: addFiles(synthesize(reader)) })),
    ],
    ['rehearse', async () => rehearsed(await offlineRehearsal({ stacksDir: app() }))],
    [
      'rehearse a change',
      async () =>
        rehearsed(
          await offlineRehearsal({
            stacksDir: app(),
            laterVersions: [
              {
                // Removed, with a provisioner of the removal.
                stacksDir: synthesize((root) => {
                  new TerraformStack(root, 'test').addOverride('removed', [
                    {
                      from: 'terraform_data.map',
                      lifecycle: { destroy: true },
                      provisioner: { 'local-exec': exec('removed') },
                    },
                  ]);
                }),
              },
            ],
          }),
        ),
    ],
  ])('are not run by %s', async (_, run) => {
    expect(await run()).toEqual({ ok: true, diagnostics: [] });
    expect(readdirSync(planted)).toEqual([]);
  });

  test('are not run by the test kit', async () => {
    await planStack(app(), { baseline: app() });
    await rehearse(app());
    await rehearseChanges([app(), app()]);
    expect(readdirSync(planted)).toEqual([]);
  });

  test('are listed, with the resources in modules', async () => {
    const { stacks } = await offlinePlan({ stacksDir: app() });
    expect(addresses(stacks[0])).toEqual([
      'terraform_data.array',
      'terraform_data.destroy',
      'terraform_data.map',
      'terraform_data.map-of-arrays',
      'terraform_data.file',
      'terraform_data.json',
      'terraform_data.overridden',
      'module.fetched.terraform_data.git-module',
      'module.local.terraform_data.in-module',
      'module.local.module.nested.terraform_data.nested-module',
    ]);
    const { steps } = await offlineRehearsal({ stacksDir: app(), laterVersions: [{ stacksDir: app() }] });
    const plans = steps.filter(({ stage }) => stage === 'plan');
    // The second version uses the modules that the first installed.
    expect(plans.map(addresses)).toEqual([addresses(stacks[0]), addresses(stacks[0])]);
    expect(steps.filter(({ stage }) => stage !== 'plan').map((one) => one.skippedProvisioners)).not.toContainEqual(
      expect.anything(),
    );
  });

  test('with connections need no machine', async () => {
    const stacksDir = synthesize((root) => {
      new TerraformStack(root, 'test').addOverride('resource.terraform_data.remote', {
        connection: { host: '192.0.2.1', timeout: '50m' },
        provisioner: [{ 'remote-exec': { inline: ['true'] } }, { file: { source: 'a', destination: 'b' } }],
      });
    });
    const { ok, steps } = await offlineRehearsal({ stacksDir });
    expect(ok).toBe(true);
    expect(steps[0]!.skippedProvisioners).toEqual([
      { address: 'terraform_data.remote', types: ['remote-exec', 'file'] },
    ]);
  });

  test.each<[string, (stack: string) => void, string]>([
    [
      'a module outside the stack',
      (stack) => {
        const module = join(work, 'module');
        mkdirSync(module);
        writeFileSync(join(module, 'main.tf'), `\n${hcl('outside')}`);
        writeFileSync(join(stack, 'main.tf.json'), '{}');
        const file = join(stack, 'cdk.tf.json');
        writeFileSync(file, JSON.stringify({ module: { outside: { source: module } } }));
      },
      '/module/main.tf:3: has provisioners, which an offline run does not execute, and cannot be changed',
    ],
    [
      'a file that is a link',
      (stack) => {
        writeFileSync(join(work, 'elsewhere.tf'), hcl('linked'));
        symlinkSync(join(work, 'elsewhere.tf'), join(stack, 'linked.tf'));
      },
      '/elsewhere.tf:2: has provisioners',
    ],
    [
      'a state outside the run',
      (stack) => writeFileSync(join(stack, 'state.tf'), 'data "terraform_remote_state" "x" {\n  backend = "s3"\n}\n'),
      'state.tf:1: data.terraform_remote_state.x reads a state outside this run',
    ],
    [
      'a file that cannot be read',
      (stack) => writeFileSync(join(stack, 'broken.tf'), `${hcl('a')}resource "b" {`),
      'broken.tf:6: cannot be read',
    ],
  ])('%s is rejected, with file and line', async (_, add, summary) => {
    const stacksDir = synthesize((root) => void new TerraformStack(root, 'test'));
    add(join(stacksDir, 'stacks', 'test'));
    const { ok, stacks } = await offlinePlan({ stacksDir });
    expect(ok).toBe(false);
    expect(stacks[0]!.diagnostics.map((one) => one.summary)).toEqual([expect.stringContaining(summary)]);
    expect((await offlineRehearsal({ stacksDir })).ok).toBe(false);
    expect(readdirSync(planted)).toEqual([]);
  });

  /** Files with the names of those that a run adds, in the directory of a stack's first or second version. */
  describe.each([
    ['zz_quayside_backend.tf.json', 'stack'],
    ['zz_quayside_override.tf.json', 'stack'],
    ['zz_quayside_backend.tf.json', 'module'],
    ['zz_quayside_override.tf.json', 'module'],
  ])('a file %s in a %s', (name, place) => {
    const PREFIX = place === 'module' ? 'modules/local/' : '';
    const version = (planted?: object) => {
      const stacksDir = synthesize((root) => {
        new TerraformStack(root, 'test').addOverride('module.local.source', './modules/local');
      });
      const stack = join(stacksDir, 'stacks', 'test');
      mkdirSync(join(stack, 'modules', 'local'), { recursive: true });
      const guarded = 'resource "terraform_data" "one" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n';
      writeFileSync(join(stack, 'guarded.tf'), guarded);
      writeFileSync(join(stack, 'modules', 'local', 'main.tf'), guarded);
      const overridden = 'data "terraform_remote_state" "x" {\n  backend = "local"\n}\n';
      if (planted && 'data' in planted && name.endsWith('_override.tf.json')) {
        writeFileSync(join(stack, PREFIX, 'overridden.tf'), overridden);
      }
      if (planted) writeFileSync(join(stack, PREFIX, name), JSON.stringify(planted));
      return stacksDir;
    };
    const provisioner = () => ({ 'local-exec': { ...exec('x'), when: 'destroy' } });
    // Of an override file, Terraform accepts only what overrides something.
    const executing = () =>
      name.endsWith('_override.tf.json')
        ? { resource: { terraform_data: { one: { provisioner: provisioner() } } } }
        : { removed: { from: 'terraform_data.gone', lifecycle: { destroy: true }, provisioner: provisioner() } };
    const state = () => ({
      data: { terraform_remote_state: { x: { backend: 'local', config: { path: join(work, 'real.tfstate') } } } },
    });
    const rejection = expect.stringContaining(
      `${PREFIX}${name}:1: names that begin with zz_quayside_ are those of files that an offline run adds: rename it`,
    );

    test.each([
      ['a provisioner', executing],
      ['a remote state', state],
    ])('is rejected, with %s', async (_, content) => {
      const { ok, stacks } = await offlinePlan({ stacksDir: version(content()) });
      const failures = stacks[0]!.diagnostics.map(({ summary }) => summary);
      expect([ok, failures]).toEqual([false, expect.arrayContaining([rejection])]);
      expect((await offlineRehearsal({ stacksDir: version(content()) })).ok).toBe(false);
      expect(readdirSync(planted)).toEqual([]);
    });

    test('is rejected in a later version', async () => {
      const { ok, steps } = await offlineRehearsal({
        stacksDir: version(),
        laterVersions: [{ stacksDir: version(executing()) }],
      });
      const failures = steps.flatMap(({ diagnostics }) => diagnostics.map(({ summary }) => summary));
      expect([ok, failures]).toEqual([false, expect.arrayContaining([rejection])]);
      expect(readdirSync(planted)).toEqual([]);
    });

    test('of the run itself is not', async () => {
      const { ok, steps } = await offlineRehearsal({ stacksDir: version(), laterVersions: [{ stacksDir: version() }] });
      expect([ok, steps.flatMap(({ diagnostics }) => diagnostics)]).toEqual([true, []]);
    });
  });

  test('are left alone by a plan with real providers, which runs none', async () => {
    const { ok, stacks } = await offlinePlan({ stacksDir: app(), providers: 'real' });
    expect([ok, stacks[0]!.skippedProvisioners]).toEqual([true, undefined]);
    expect(JSON.stringify(stacks[0]!.plan!.configuration)).toContain('provisioners');
    expect(readdirSync(planted)).toEqual([]);
  });
});

describe('the environment', () => {
  const SECRETS = {
    AWS_SECRET_ACCESS_KEY: 'secret',
    GITHUB_TOKEN: 'secret',
    GIT_SSH_COMMAND: 'secret',
    KUBECONFIG: 'secret',
    LD_PRELOAD_EXAMPLE: 'secret',
    NPM_TOKEN: 'secret',
    SSH_AUTH_SOCK: 'secret',
    TF_CLI_ARGS: '-secret',
    TF_CLI_ARGS_plan: '-secret',
    TF_HTTP_PASSWORD: 'secret',
    TF_PLUGIN_CACHE_DIR: '/secret',
    TF_TOKEN_app_terraform_io: 'secret',
    VAULT_TOKEN: 'secret',
  };
  const saved = process.env;
  afterEach(() => (process.env = saved));

  /** The environment of every command that a fake Terraform received. */
  async function environments(build: (stack: TerraformStack) => void): Promise<Record<string, Record<string, string>>> {
    process.env = {
      ...saved,
      ...SECRETS,
      HTTPS_PROXY: 'http://proxy.example.com',
      SSL_CERT_FILE: '/certificates.pem',
      LC_ALL: 'C.UTF-8',
      TF_VAR_input: 'given',
    };
    const terraform = join(work, 'terraform');
    writeFileSync(terraform, `#!/bin/sh\nenv > ${work}/env-$1\n[ "$1" = init ]\n`);
    chmodSync(terraform, 0o700);
    const stacksDir = synthesize((app) => build(new TerraformStack(app, 'test')));
    await offlinePlan({ stacksDir, terraform });
    const commands = readdirSync(work).filter((name) => name.startsWith('env-'));
    return Object.fromEntries(
      commands.map((name) => {
        const lines = readFileSync(join(work, name), 'utf8').trim().split('\n');
        return [name.slice(4), Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)))];
      }),
    );
  }
  /** Set by the shell of the fake Terraform. */
  const OF_SHELL = new Set(['PWD', 'OLDPWD', 'SHLVL', '_']);

  test('is an allow-list', async () => {
    const { plan } = await environments((stack) => stack.addOverride('resource.terraform_data.x', {}));
    expect(Object.values(plan!).filter((value) => value.includes('secret'))).toEqual([]);
    expect(
      Object.keys(plan!)
        .filter((name) => !OF_SHELL.has(name) && !name.startsWith('LANG'))
        .sort(),
    ).toEqual([
      'AWS_EC2_METADATA_DISABLED',
      'CHECKPOINT_DISABLE',
      'GIT_ALLOW_PROTOCOL',
      'GIT_CONFIG_GLOBAL',
      'GIT_CONFIG_NOSYSTEM',
      'GIT_TERMINAL_PROMPT',
      'GOGC',
      'HOME',
      'LC_ALL',
      'PATH',
      'TF_CLI_CONFIG_FILE',
      'TF_INPUT',
      'TF_IN_AUTOMATION',
      'TF_REATTACH_PROVIDERS',
      'TF_VAR_input',
      'TMPDIR',
    ]);
    expect(plan).toMatchObject({ TF_VAR_input: 'given', PATH: saved['PATH'] });
    for (const name of ['HOME', 'TMPDIR', 'TF_CLI_CONFIG_FILE']) expect(plan![name]).toMatch(/quayside-offline-/);
  });

  test('has the proxy only for the download of modules', async () => {
    const { init, plan } = await environments((stack) => stack.addOverride('module.x.source', 'example/x/aws'));
    expect(init).toMatchObject({ HTTPS_PROXY: 'http://proxy.example.com', SSL_CERT_FILE: '/certificates.pem' });
    expect(plan).not.toHaveProperty('HTTPS_PROXY');
    expect(Object.values(init!).filter((value) => value.includes('secret'))).toEqual([]);
  });
});

function outcome({ ok, stacks }: Awaited<ReturnType<typeof offlinePlan>>) {
  return { ok, diagnostics: stacks.flatMap(({ diagnostics }) => diagnostics) };
}

function rehearsed({ ok, steps }: Awaited<ReturnType<typeof offlineRehearsal>>) {
  return { ok, diagnostics: steps.flatMap(({ diagnostics }) => diagnostics) };
}

function addresses(plan: Pick<StackPlan, 'skippedProvisioners'> | undefined): readonly string[] {
  return (plan?.skippedProvisioners ?? []).map(({ address }: SkippedProvisioners) => address);
}

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWithTerraform } from '../offline/support/app';
import { ended, InstalledPackage, Project, removeProjects } from './support/project';

afterAll(removeProjects);

/** Commands run Terraform, which is slow under load. */
jest.setTimeout(60_000);

describeWithTerraform('quayside', () => {
  let quayside: InstalledPackage;
  let project: Project;
  let temporary: string;

  beforeAll(() => {
    quayside = new InstalledPackage();
    project = new Project();
    project.commit();
    project.set({ engine: 'postgres', instanceClass: 'db.t4g.small', bucket: null });
    temporary = project.temporary();
  });

  const run = (args: readonly string[]) => quayside.run(args, project.directory, { env: { TMPDIR: temporary } });

  test('plan prints what would be created and writes the plan JSON', async () => {
    const { code, stdout, stderr } = await run(['plan', 'shop-data', '--out', 'plans']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "shop-data: 1 to create
          + database  aws_db_instance
        outputs  + cross-stack-output-aws_db_instancedatabaseaddress  + endpoint
        Values of created resources: 4 known now, 49 known after apply (0 of them in arguments).

      Plan JSON: plans/shop-data.plan.json
      "
    `);
    expect(JSON.parse(project.read('plans/shop-data.plan.json')).format_version).toMatch(/^1\./);
    // The project's own output directory is not written to.
    expect(existsSync(join(project.directory, 'cdktf.out'))).toBe(false);
  });

  test('plan --against a revision, denied: data loss comes first', async () => {
    const { code, stdout, stderr } = await run(['plan', 'shop-data', '--against', 'main', '--deny-destroy']);
    expect(stdout).toMatchInlineSnapshot(`
      "2 resources that hold data would be lost:
        shop-data/database (aws_db_instance, holds a database) would be replaced, forced by engine
        shop-data/uploads (aws_s3_bucket, holds objects) would be destroyed

      shop-data: 1 to replace, 1 to destroy
        -/+ database  aws_db_instance
              engine: "mysql" -> "postgres"  forces replacement
              instance_class: "db.t4g.micro" -> "db.t4g.small"
          - uploads   aws_s3_bucket
        outputs  ~ cross-stack-output-aws_db_instancedatabaseaddress  ~ endpoint
        Values of created resources: 4 known now, 49 known after apply (0 of them in arguments).

      Plan JSON: cdktf.out/plans/shop-data.plan.json
      "
    `);
    expect(stderr).toBe('quayside: denied: 2 resources that hold data would be destroyed or replaced\n');
    expect(code).toBe(3);
  });

  test('--deny-destroy allows changes without data loss, --deny-any-destroy does not', async () => {
    const { code } = await run(['plan', 'shop-web', '--against', 'main', '--deny-destroy']);
    expect(code).toBe(0);
    const any = await run(['plan', 'shop-web', '--against', 'main', '--deny-any-destroy', '--json']);
    expect(any.code).toBe(3);
    expect(JSON.parse(any.stdout)).toMatchObject({
      ok: true,
      isDenied: true,
      against: 'main',
      counts: { create: 0, change: 0, replace: 1, destroy: 0 },
      dataLosses: [],
      stacks: [{ name: 'shop-web', ok: true, changes: [{ path: 'shop-web/group', kind: 'replace' }] }],
    });
  });

  test('an outage is listed first, and denied by --deny-destroy', async () => {
    const site = new Project();
    site.set({ alias: 'shop.example.com' });
    site.commit();
    site.set({ alias: 'store.example.com' });
    const plan = (...flags: readonly string[]) =>
      quayside.run(['plan', 'shop-site', '--against', 'main', ...flags], site.directory);
    const { code, stdout, stderr } = await plan('--deny-destroy');
    expect(stdout).toMatch(
      /^1 change would take the site down:\n {2}shop-site\/alias \(aws_route53_record\): replaced, deleted first: shop\.example\.com no longer resolves \(A\)\n {4}1\. /,
    );
    expect({ code, stderr }).toEqual({ code: 3, stderr: 'quayside: denied: 1 change would take the site down\n' });
    const json = await plan('--json');
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      isDenied: false,
      outages: [
        {
          stack: 'shop-site',
          path: 'shop-site/alias',
          type: 'aws_route53_record',
          steps: [expect.any(String), expect.any(String)],
        },
      ],
      rejected: [],
      dataLosses: [],
    });
  });

  test('what would be rejected is denied without any flag', async () => {
    const site = new Project();
    site.set({ kubernetes: '1.32' });
    site.commit();
    site.set({ kubernetes: '1.34' });
    const plan = (...args: readonly string[]) => quayside.run(['plan', 'shop-site', ...args], site.directory);
    const { code, stdout, stderr } = await plan('--against', 'main');
    expect(stdout).toContain('shop-site/cluster (aws_eks_cluster): Kubernetes 1.32 to 1.34');
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: 'quayside: denied: 1 change would be rejected, or never take effect\n',
    });
    // Nothing exists before a first plan.
    expect((await plan()).code).toBe(0);
    site.set({ kubernetes: '1.33' });
    expect((await plan('--against', 'main', '--deny-destroy')).code).toBe(0);
  });

  test('plan --against a directory: of a project, or a cdktf.out', async () => {
    const other = new Project();
    const markdown = await run(['plan', 'shop-data', '--against', other.directory, '--markdown', '--deny-destroy']);
    expect(markdown.code).toBe(3);
    expect(markdown.stdout).toContain('| `shop-data` | 0 | 0 | 1 | 1 |');
    spawnSync(process.execPath, ['main.js'], { cwd: other.directory });
    const synthesized = await run([
      'plan',
      'shop',
      '--dir',
      join(other.directory, 'cdktf.out'),
      '--against',
      join(other.directory, 'cdktf.out'),
    ]);
    expect(synthesized.stdout).toContain('2 stacks: no changes');
  });

  test('a removed stack is destroyed if it is selected', async () => {
    const gone = new Project();
    gone.commit();
    gone.set({ web: false });
    const all = await quayside.run(['plan', '--against', 'main'], gone.directory);
    expect(all.stdout).toContain('shop-web: 1 to destroy');
    const data = await quayside.run(['plan', 'shop-data', '--against', 'main'], gone.directory);
    expect(data.stdout).not.toContain('shop-web');
  });

  test('rehearse prints resources in order', async () => {
    const { code, stdout, stderr } = await run(['rehearse', 'shop-web']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replaceAll(/\d+\.\d s/g, '0.0 s')).toMatchInlineSnapshot(`
      "shop-data
        plan        done            0.0 s
           1 + database  aws_db_instance
        apply       1 created       0.0 s
        plan again  no changes      0.0 s
      shop-web
        plan        done            0.0 s
           1 + group  aws_security_group
        apply       1 created       0.0 s
        plan again  no changes      0.0 s
           1 - group  aws_security_group
        destroy     1 destroyed     0.0 s
      shop-data
           1 - database  aws_db_instance
        destroy     1 destroyed     0.0 s
      2 stacks: 2 resources created in order, second plan empty, 2 destroyed in reverse order, in 0.0 s
      "
    `);
  });

  test('an error names the path of its construct, on stderr and in JSON', async () => {
    const broken = new Project();
    broken.set({ override: { no_such_thing: true } });
    const text = await quayside.run(['plan', 'shop'], broken.directory);
    expect(text.code).toBe(1);
    expect(text.stderr).toMatchInlineSnapshot(`
      "error shop-data/database: Extraneous JSON object property
        No argument or block type is named "no_such_thing".
        aws_db_instance.database
      error shop-web: Not planned: reads the state of shop-data, which failed
      quayside: plan failed: shop-data, shop-web
      "
    `);
    const json = await quayside.run(['rehearse', '--json'], broken.directory);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout).steps[0].diagnostics[0].paths).toEqual(['shop-data/database']);
  });

  test('Ctrl-C stops the app and Terraform, and cleans up', async () => {
    const child = quayside.start(['plan', '--against', 'main'], project.directory, { env: { TMPDIR: temporary } });
    const end = ended(child);
    // A busy machine may need long to start it: before, the signal would be the system's to handle.
    while (readdirSync(temporary).length === 0) await sleep(20);
    await sleep(300);
    child.kill('SIGINT');
    expect(await end).toMatchObject({ code: 130, stdout: '' });
  });

  test("the app's own errors are printed, and so is an app without stacks", async () => {
    const app = (code: string) => run(['plan', '--app', `node -e '${code}'`]);
    expect(await app('console.log("no idea"); process.exit(3)')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^no idea\nquayside: the app failed with exit code 3: node -e/) as string,
    });
    expect((await app('')).stderr).toMatch(/^quayside: the app wrote no stacks to \$CDKTF_OUTDIR/);
  });

  test('missing Terraform is reported in one sentence', async () => {
    const { code, stderr } = await quayside.run(['plan'], project.directory, {
      env: { PATH: '/nonexistent', QUAYSIDE_TERRAFORM: '' },
    });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'quayside: neither terraform nor tofu is on the PATH: install Terraform or OpenTofu, or set QUAYSIDE_TERRAFORM to its path\n',
    });
  });

  test('real providers, with only a built-in one', async () => {
    const main = join(project.directory, 'builtin.js');
    writeFileSync(
      main,
      `const { App, TerraformStack } = require('cdktf');
       const app = new App();
       new TerraformStack(app, 'one').addOverride('resource.terraform_data.x', { input: 'y' });
       app.synth();`,
    );
    const { code, stdout } = await run(['plan', '--app', 'node builtin.js', '--providers', 'real', '--values']);
    expect(stdout).toContain('+ terraform_data.x  terraform_data');
    expect(stdout).toContain('input: "y"');
    expect(code).toBe(0);
  });

  test('leaves no files or worktrees behind', () => {
    expect(readdirSync(temporary)).toEqual([]);
    expect(project.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  });
});

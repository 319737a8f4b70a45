import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AWAIT_REFRESH } from '../../../lib/cluster/instance-refresh-waiter';

let bin: string;

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'quayside-waiter-'));
  const sleep = execFileSync('/bin/sh', ['-c', 'command -v sleep'], { encoding: 'utf8' }).trim();
  symlinkSync(sleep, join(bin, 'sleep'));
});
afterEach(() => rmSync(bin, { recursive: true, force: true }));

/** A fake `aws` that returns `answers` in turn, then keeps returning the last, and records its arguments. */
function fakeAws(answers: readonly string[], exit = 0): void {
  const [calls, counter] = [join(bin, 'calls'), join(bin, 'counter')];
  writeFileSync(calls, '');
  writeFileSync(counter, '0');
  const cases = answers.map((answer, index) => `${index < answers.length - 1 ? index : '*'}) printf '${answer}\\n' ;;`);
  writeFileSync(
    join(bin, 'aws'),
    `#!/bin/sh
for argument in "$@"; do printf '%s|' "$argument" >> ${calls}; done
read -r count < ${counter}
echo $((count + 1)) > ${counter}
case "$count" in
${cases.join('\n')}
esac
exit ${exit}
`,
  );
  chmodSync(join(bin, 'aws'), 0o755);
}

function runWaiter(environment: Record<string, string> = {}): { code: number; stdout: string; stderr: string } {
  const env = {
    PATH: bin,
    group: 'production-apps-eu-west-1a',
    region: 'eu-west-1',
    template_version: '2',
    timeout_seconds: '2',
    poll_seconds: '1',
    ...environment,
  };
  try {
    const stdout = execFileSync('/bin/sh', ['-c', AWAIT_REFRESH], { env, encoding: 'utf8', stdio: 'pipe' });
    return { code: 0, stdout, stderr: '' };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { code: status, stdout, stderr };
  }
}

const SEE =
  'Later zones are left as they are. See why with: aws autoscaling describe-instance-refreshes --region eu-west-1 --auto-scaling-group-name production-apps-eu-west-1a\n';

test('the first launch template version replaces nothing: AWS is not called', () => {
  expect(runWaiter({ template_version: '1' })).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('an update without the AWS CLI fails', () => {
  expect(runWaiter()).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'The AWS CLI is needed to see whether production-apps-eu-west-1a has replaced its nodes: install it and apply again.\n',
  });
});

test.each([
  { name: 'a group created after the first version has no refresh', answers: ['None\tNone'] },
  { name: 'the last refresh was successful', answers: ['None\tSuccessful'] },
])('$name', ({ answers }) => {
  fakeAws(answers);
  expect(runWaiter()).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('waits for a running refresh, whatever the result of the previous one', () => {
  fakeAws(['Pending\tFailed', 'InProgress\tFailed', 'None\tSuccessful']);
  expect(runWaiter()).toEqual({
    code: 0,
    stdout:
      'production-apps-eu-west-1a: the instance refresh is Pending\nproduction-apps-eu-west-1a: the instance refresh is InProgress\n',
    stderr: '',
  });
  expect(readFileSync(join(bin, 'calls'), 'utf8')).toContain(
    'autoscaling|describe-instance-refreshes|--region|eu-west-1|--auto-scaling-group-name|production-apps-eu-west-1a|',
  );
});

test.each(['Failed', 'Cancelled', 'RollbackSuccessful', 'RollbackFailed'])(
  'a refresh that ended as %s fails',
  (status) => {
    fakeAws([`None\\t${status}`]);
    expect(runWaiter()).toEqual({
      code: 1,
      stdout: '',
      stderr: `production-apps-eu-west-1a: the instance refresh ended as ${status}. ${SEE}`,
    });
  },
);

test('fails after the timeout', () => {
  fakeAws(['InProgress\tSuccessful']);
  const { code, stderr } = runWaiter({ timeout_seconds: '1' });
  expect(code).toBe(1);
  expect(stderr).toBe(`production-apps-eu-west-1a: the instance refresh is InProgress after 1 seconds. ${SEE}`);
});

test('fails if the AWS CLI fails', () => {
  fakeAws([''], 254);
  const { code, stderr } = runWaiter();
  expect(code).toBe(1);
  expect(stderr).toBe(`production-apps-eu-west-1a: the AWS CLI did not say how the instance refresh stands. ${SEE}`);
});

test('names are never interpreted as shell code', () => {
  fakeAws(['None\tNone']);
  const group = `a"; touch ${join(bin, 'pwned')}; echo "$(touch ${join(bin, 'pwned')})`;
  expect(runWaiter({ group }).code).toBe(0);
  expect(readFileSync(join(bin, 'calls'), 'utf8')).toContain(`|${group}|`);
  expect(() => readFileSync(join(bin, 'pwned'))).toThrow('ENOENT');
});

test('the script contains no Terraform template sequences', () => {
  expect(AWAIT_REFRESH).not.toMatch(/[$%]\{/);
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../lib/cli/run';
import type { Report } from '../../../lib/report/model';
import { writeAppOf } from '../../support/apps';

describe('quayside report', () => {
  const directory = mkdtempSync(join(tmpdir(), 'quayside-report-'));
  beforeAll(() => writeAppOf('stacks', join(directory, 'cdktf.out')));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  async function report(...args: readonly string[]) {
    const output = { out: '', err: '' };
    const code = await run(['report', ...args, '--dir', 'cdktf.out'], {
      out: (text) => (output.out += text),
      err: (text) => (output.err += text),
      cwd: directory,
      colour: false,
      live: false,
      signal: new AbortController().signal,
    });
    return { code, ...output };
  }

  test('of an environment: only its stacks', async () => {
    const { code, out, err } = await report('production', '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { name, stacks } = JSON.parse(out) as Report;
    expect([name, ...stacks.map((stack) => stack.name)]).toEqual([
      'production',
      'production-infrastructure',
      'production-platform',
    ]);
  });

  test('as text by default', async () => {
    expect((await report('staging')).out).toMatch(/^staging: account 123456789012, eu-west-1\n=+\n/);
  });

  test('as a page, creating its folder', async () => {
    const { code, out, err } = await report('production', '--html', 'reports/production.html');
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: 'written to reports/production.html\n' });
    expect(readFileSync(join(directory, 'reports', 'production.html'), 'utf8')).toMatch(/^<!doctype html>\n/);
  });

  test.each([
    { args: ['nowhere'], message: /no stack is named nowhere: use one of production-infrastructure/ },
    { args: ['production', '--json', '--html', 'x.html'], message: /--json and --html exclude each other/ },
    { args: ['production', '--html'], message: /--html needs a value/ },
  ])('rejects $args', async ({ args, message }) => {
    const { code, err } = await report(...args);
    expect(code).not.toBe(0);
    expect(err).toMatch(message);
  });
});

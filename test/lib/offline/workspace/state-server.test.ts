import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { offlineRehearsal } from '../../../../lib/offline';
import { makeTemporaryDirectory } from '../../../../lib/offline/workspace/temporary-directory';
import { StateServer } from '../../../../lib/offline/workspace/state-server';
import { describeWithTerraform, removeSynthesized, synthesizeStack } from '../support/app';

jest.setTimeout(60_000);
let directory: string;
let server: StateServer;
let address: string;
const STATE = '{"secret":"s"}';
const file = () => join(directory, 'terraform.tfstate');
const basic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'offline-test-'));
  server = new StateServer(file());
  address = (await server.start())!;
});
afterEach(async () => {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});
afterAll(removeSynthesized);

const credential = () => {
  const { TF_HTTP_USERNAME: username, TF_HTTP_PASSWORD: password } = server.credentials;
  return basic(username!, password!);
};
const request = (method: string, authorization?: string) =>
  fetch(address, {
    method,
    ...(method === 'POST' && { body: '{"replaced":true}' }),
    headers: authorization === undefined ? {} : { authorization },
  });

describe('a request', () => {
  beforeEach(async () => {
    await fetch(address, { method: 'POST', body: STATE, headers: { authorization: credential() } });
  });

  test('with the credential reads the state', async () => {
    const response = await request('GET', credential());
    expect([response.status, await response.text()]).toEqual([200, STATE]);
  });

  test.each<[string, () => string | undefined]>([
    ['without a credential', () => undefined],
    ['with an empty credential', () => ''],
    ['with another password', () => basic('quayside', 'guess')],
    ['without a password', () => basic(server.credentials['TF_HTTP_USERNAME']!, '')],
    ['with another user name', () => basic('other', server.credentials['TF_HTTP_PASSWORD']!)],
    ['with the password as a token', () => `Bearer ${server.credentials['TF_HTTP_PASSWORD']}`],
  ])('%s gets 401, and changes nothing', async (_, authorization) => {
    for (const method of ['GET', 'POST', 'DELETE', 'LOCK']) {
      const response = await request(method, authorization());
      expect([method, response.status, await response.text()]).toEqual([method, 401, '']);
    }
    expect(readFileSync(file(), 'utf8')).toBe(STATE);
    expect(await (await request('GET', credential())).text()).toBe(STATE);
  });
});

test('every server has a credential of its own', () => {
  const passwords = [server, new StateServer(file())].map((one) => one.credentials['TF_HTTP_PASSWORD']!);
  expect(new Set(passwords).size).toBe(2);
  for (const password of passwords) expect(Buffer.from(password, 'base64url')).toHaveLength(32);
});

test('the state in a file is readable by its owner only', async () => {
  await fetch(address, { method: 'POST', body: STATE, headers: { authorization: credential() } });
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

describeWithTerraform('with Terraform', () => {
  test('uses it for a large state, and writes it to no file', async () => {
    const stacksDir = synthesizeStack((stack) => {
      for (let index = 0; index < 310; index += 1) new SqsQueue(stack, `queue-${index}`, { name: `queue-${index}` });
    });
    const passwords = new Set<string>();
    const credentials = Object.getOwnPropertyDescriptor(StateServer.prototype, 'credentials')!;
    const spy = jest.spyOn(StateServer.prototype, 'credentials', 'get').mockImplementation(function (
      this: StateServer,
    ) {
      const given = (credentials.get as () => NodeJS.ProcessEnv).call(this);
      passwords.add(given['TF_HTTP_PASSWORD']!);
      return given;
    });
    const leaks: string[] = [];
    const own = `-${process.pid}-`;
    const { ok } = await offlineRehearsal({
      stacksDir,
      onProgress: (progress) => {
        if (progress.kind !== 'stage-end') return;
        for (const name of readdirSync(tmpdir()).filter(
          (one) => one.startsWith('quayside-offline-') && one.includes(own),
        )) {
          for (const path of filesIn(join(tmpdir(), name))) {
            const text = readFileSync(path, 'latin1');
            if ([...passwords].some((password) => text.includes(password))) leaks.push(path);
          }
        }
      },
    });
    spy.mockRestore();
    expect([ok, passwords.size, leaks]).toEqual([true, 1, []]);
  });
});

// Only root can become another user.
(process.getuid?.() === 0 ? describe : describe.skip)('another local user', () => {
  const NOBODY = 65534;
  const asOther = (script: string) =>
    spawnSync('/bin/sh', ['-c', script], { uid: NOBODY, gid: NOBODY, cwd: '/', encoding: 'utf8' });

  test('cannot enter the directory of a run, with its sockets and states', () => {
    const run = makeTemporaryDirectory();
    try {
      writeFileSync(join(run, 'terraform.tfstate'), STATE);
      expect(asOther(`ls ${run}`).status).not.toBe(0);
      const { status, stdout } = asOther(`cat ${run}/terraform.tfstate`);
      expect([status, stdout]).toEqual([1, '']);
      expect(asOther(`echo x > ${run}/terraform.tfstate`).status).not.toBe(0);
      expect(readFileSync(join(run, 'terraform.tfstate'), 'utf8')).toBe(STATE);
    } finally {
      rmSync(run, { recursive: true });
    }
  });
});

function filesIn(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

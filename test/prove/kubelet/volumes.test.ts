import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Any } from '../../../prove/cluster/api';
import { fieldOf, writeVolumes } from '../../../prove/kubelet/volumes';
import { FakeApi } from '../support/fake-api';

const directory = mkdtempSync(join(tmpdir(), 'volumes-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const TOKEN_PATH = '/api/v1/namespaces/ingress/serviceaccounts/traefik/token';
const api = new FakeApi({
  '/api/v1/namespaces/ingress/configmaps/files': {
    data: { 'one.yaml': 'a: 1', 'two.yaml': 'b: 2' },
    binaryData: { 'three.bin': Buffer.from([0, 255]).toString('base64') },
  },
  [`POST ${TOKEN_PATH}`]: { status: { token: 'a-token' } },
});

const podWith = (volume: Any): Any => ({
  metadata: { namespace: 'ingress', name: 'traefik-1', uid: 'uid-1', labels: { 'app.kubernetes.io/name': 'traefik' } },
  spec: { serviceAccountName: 'traefik', nodeName: 'node-1', volumes: [{ name: 'v', ...volume }] },
});

/** Contents and modes by path. */
async function written(volume: Any): Promise<Record<string, string>> {
  const { v: folder } = await writeVolumes(api.client, podWith(volume), directory);
  const files = readdirSync(folder!, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      const mode = (statSync(file).mode & 0o777).toString(8);
      return [file.slice(folder!.length + 1), `${mode} ${readFileSync(file, 'latin1')}`];
    }),
  );
}

test.each<{ what: string; volume: Any; expected: Record<string, string> }>([
  {
    what: 'each key of a ConfigMap is a file, 0644 by default',
    volume: { configMap: { name: 'files' } },
    expected: { 'one.yaml': '644 a: 1', 'two.yaml': '644 b: 2', 'three.bin': '644 \u0000\u00ff' },
  },
  {
    what: 'with items only those, at their paths and with their modes',
    volume: {
      configMap: {
        name: 'files',
        defaultMode: 0o440,
        items: [
          { key: 'one.yaml', path: 'deep/er.yaml' },
          { key: 'two.yaml', path: 'two', mode: 0o400 },
        ],
      },
    },
    expected: { 'deep/er.yaml': '440 a: 1', two: '400 b: 2' },
  },
  { what: 'an emptyDir is empty', volume: { emptyDir: {} }, expected: {} },
  {
    what: 'an optional ConfigMap may be missing',
    volume: { configMap: { name: 'none', optional: true } },
    expected: {},
  },
  {
    what: 'so may a key of one',
    volume: { configMap: { name: 'files', optional: true, items: [{ key: 'none', path: 'none' }] } },
    expected: {},
  },
  {
    what: 'a projected volume has all its sources',
    volume: {
      projected: {
        defaultMode: 0o600,
        sources: [
          { serviceAccountToken: { path: 'token' } },
          { configMap: { name: 'files', items: [{ key: 'one.yaml', path: 'ca.crt' }] } },
          { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
        ],
      },
    },
    expected: { token: '600 a-token', 'ca.crt': '600 a: 1', namespace: '600 ingress' },
  },
])('$what', async ({ volume, expected }) => {
  await expect(written(volume)).resolves.toEqual(expected);
});

test('what another pod has left in the folder is gone', async () => {
  await written({ configMap: { name: 'files' } });
  await expect(written({ emptyDir: {} })).resolves.toEqual({});
});

test('the token is bound to the pod', async () => {
  await written({ projected: { sources: [{ serviceAccountToken: { path: 'token', audience: 'sts' } }] } });
  expect(api.bodies('POST', '/token').at(-1)).toMatchObject({
    kind: 'TokenRequest',
    spec: { audiences: ['sts'], boundObjectRef: { kind: 'Pod', name: 'traefik-1', uid: 'uid-1' } },
  });
});

test.each<{ volume: Any; message: string }>([
  { volume: { configMap: { name: 'none' } }, message: 'configmaps/none' },
  {
    volume: { configMap: { name: 'files', items: [{ key: 'none', path: 'a' }] } },
    message: "ConfigMap files has no key 'none'",
  },
  { volume: { secret: {} }, message: "volume 'v' of traefik-1 is of a kind that is not modelled" },
  { volume: { projected: { sources: [{ secret: {} }] } }, message: 'not modelled: secret' },
])('$volume is rejected: $message', async ({ volume, message }) => {
  await expect(written(volume)).rejects.toThrow(message);
});

test.each([
  ['metadata.namespace', 'ingress'],
  ['spec.nodeName', 'node-1'],
  ["metadata.labels['app.kubernetes.io/name']", 'traefik'],
  ["metadata.annotations['none']", ''],
])('the field %s is %j', (path, expected) => {
  expect(fieldOf(podWith({}), path)).toBe(expected);
});

test('a field that is not a text is rejected', () => {
  expect(() => fieldOf(podWith({}), 'metadata.labels')).toThrow('the field metadata.labels of a pod is not modelled');
});

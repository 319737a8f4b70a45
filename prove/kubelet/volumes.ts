import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Any, KubernetesApi } from '../cluster/api';

const TOKEN_SECONDS = 3600;

/** Writes the volumes of a pod to folders of this machine: folder by volume. */
export async function writeVolumes(api: KubernetesApi, pod: Any, directory: string): Promise<Record<string, string>> {
  const folders: Record<string, string> = {};
  for (const volume of pod.spec.volumes ?? []) {
    const folder = join(directory, volume.name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777);
    for (const [file, { content, mode }] of Object.entries(await filesOf(api, pod, volume))) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), content);
      chmodSync(join(folder, file), mode);
    }
    folders[volume.name] = folder;
  }
  return folders;
}

interface File {
  readonly content: string | Buffer;
  readonly mode: number;
}

async function filesOf(api: KubernetesApi, pod: Any, volume: Any): Promise<Record<string, File>> {
  if (volume.emptyDir) return {};
  if (volume.configMap) return configMapFiles(api, pod, volume.configMap);
  if (volume.projected) {
    const sources = await Promise.all(volume.projected.sources.map((source: Any) => projectedFiles(api, pod, source)));
    return Object.assign({}, ...sources);
  }
  throw new Error(`volume '${volume.name}' of ${pod.metadata.name} is of a kind that is not modelled`);
}

async function configMapFiles(api: KubernetesApi, pod: Any, source: Any): Promise<Record<string, File>> {
  const map = await api.get(`/api/v1/namespaces/${pod.metadata.namespace}/configmaps/${source.name}`);
  const mode = Number(source.defaultMode ?? 0o644);
  const all: Record<string, string | Buffer> = {
    ...map.data,
    ...Object.fromEntries(
      Object.entries(map.binaryData ?? {}).map(([key, value]) => [key, Buffer.from(value as string, 'base64')]),
    ),
  };
  const items: { key: string; path: string }[] = source.items ?? Object.keys(all).map((key) => ({ key, path: key }));
  return Object.fromEntries(items.map(({ key, path }) => [path, { content: all[key]!, mode }]));
}

async function projectedFiles(api: KubernetesApi, pod: Any, source: Any): Promise<Record<string, File>> {
  const { namespace, name, uid } = pod.metadata;
  if (source.configMap) return configMapFiles(api, pod, source.configMap);
  if (source.downwardAPI) {
    const entries = source.downwardAPI.items.map((item: Any) => [
      item.path,
      { content: String(fieldOf(pod, item.fieldRef.fieldPath)), mode: 0o644 },
    ]);
    return Object.fromEntries(entries);
  }
  const { path, audience } = source.serviceAccountToken;
  const { status } = await api.post(
    `/api/v1/namespaces/${namespace}/serviceaccounts/${pod.spec.serviceAccountName}/token`,
    {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        ...(audience && { audiences: [audience] }),
        expirationSeconds: TOKEN_SECONDS,
        boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name, uid },
      },
    },
  );
  return { [path]: { content: status.token, mode: 0o644 } };
}

/** The value of a field of a pod, such as `metadata.namespace`. */
export function fieldOf(pod: Any, path: string): unknown {
  return path.split('.').reduce((value, key) => value?.[key], pod);
}

import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ApiError, type Any, type KubernetesApi } from '../cluster/api';

const TOKEN_SECONDS = 3600;
/** Kubernetes' own default. */
const DEFAULT_MODE = 0o644;

/**
 * Writes the volumes of a pod to folders of this machine: folder by volume. A ConfigMap that changes later is not written
 * again. Sources: "Volumes", https://kubernetes.io/docs/concepts/storage/volumes/#configmap; "Projected Volumes",
 * https://kubernetes.io/docs/concepts/storage/projected-volumes/
 */
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
    const { sources: listed, defaultMode } = volume.projected;
    const sources = await Promise.all(listed.map((source: Any) => projectedFiles(api, pod, source, defaultMode)));
    return Object.assign({}, ...sources);
  }
  throw new Error(`volume '${volume.name}' of ${pod.metadata.name} is of a kind that is not modelled`);
}

async function configMapFiles(api: KubernetesApi, pod: Any, source: Any): Promise<Record<string, File>> {
  const map = await optionalMap(api, pod, source);
  const all: Record<string, string | Buffer> = {
    ...map.data,
    ...Object.fromEntries(
      Object.entries(map.binaryData ?? {}).map(([key, value]) => [key, Buffer.from(value as string, 'base64')]),
    ),
  };
  const items: readonly Item[] = source.items ?? Object.keys(all).map((key) => ({ key, path: key }));
  const missing = items.filter(({ key }) => all[key] === undefined);
  if (missing.length > 0 && !source.optional) {
    throw new Error(`ConfigMap ${source.name} has no key '${missing.map(({ key }) => key).join("', '")}'`);
  }
  return Object.fromEntries(
    items
      .filter((item) => !missing.includes(item))
      .map(({ key, path, mode = source.defaultMode ?? DEFAULT_MODE }) => [path, { content: all[key]!, mode }]),
  );
}

interface Item {
  readonly key: string;
  readonly path: string;
  readonly mode?: number;
}

async function optionalMap(api: KubernetesApi, pod: Any, { name, optional }: Any): Promise<Any> {
  try {
    return await api.get(`/api/v1/namespaces/${pod.metadata.namespace}/configmaps/${name}`);
  } catch (error) {
    if (optional && error instanceof ApiError && error.status === 404) return {};
    throw error;
  }
}

async function projectedFiles(
  api: KubernetesApi,
  pod: Any,
  source: Any,
  defaultMode: number = DEFAULT_MODE,
): Promise<Record<string, File>> {
  const { namespace, name, uid } = pod.metadata;
  if (source.configMap) return configMapFiles(api, pod, { defaultMode, ...source.configMap });
  if (source.downwardAPI) {
    const entries = source.downwardAPI.items.map((item: Any) => [
      item.path,
      { content: fieldOf(pod, item.fieldRef.fieldPath), mode: item.mode ?? defaultMode },
    ]);
    return Object.fromEntries(entries);
  }
  if (!source.serviceAccountToken) {
    throw new Error(
      `a projected volume of ${name} has a source of a kind that is not modelled: ${Object.keys(source)}`,
    );
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
  return { [path]: { content: status.token, mode: defaultMode } };
}

/**
 * The value of a field of a pod, such as `metadata.namespace` or `metadata.labels['app']`. A label or annotation that it
 * does not have is empty. Source: "Downward API", https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
 */
export function fieldOf(pod: Any, path: string): string {
  const [, map, key] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
  if (map && key) return pod.metadata[map]?.[key] ?? '';
  const value = path.split('.').reduce((object, step) => object?.[step], pod);
  if (value === undefined || typeof value === 'object') throw new Error(`the field ${path} of a pod is not modelled`);
  return String(value);
}

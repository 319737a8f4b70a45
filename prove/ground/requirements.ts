import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { spawnSync } from 'node:child_process';

const NAMES = ['traefik', 'etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;
const TOOLS = ['unshare', 'nsenter', 'ip', 'openssl', 'chroot', 'mount'] as const;

export type Binaries = Readonly<Record<(typeof NAMES)[number], string>>;

/** Folders with the binaries that are not on PATH, separated like PATH. */
export const BINARIES_VARIABLE = 'QUAYSIDE_CONTROL_PLANE';

export interface Requirements {
  readonly binaries: Binaries;
  /** One line for whatever is missing. */
  readonly missing?: string;
}

export function findRequirements(environment: NodeJS.ProcessEnv = process.env): Requirements {
  const folders = [environment[BINARIES_VARIABLE], environment['PATH'], '/usr/sbin', '/sbin']
    .flatMap((list) => (list ?? '').split(delimiter))
    .filter((folder) => folder !== '');
  const find = (name: string) => folders.map((folder) => join(folder, name)).find(isExecutable);
  const missing = [...NAMES, ...TOOLS].filter((name) => find(name) === undefined);
  const binaries = Object.fromEntries(NAMES.map((name) => [name, find(name) ?? ''])) as Binaries;
  if (missing.length > 0) {
    return {
      binaries,
      missing: `prove needs ${missing.join(', ')}: put them on PATH or into the folders of ${BINARIES_VARIABLE}`,
    };
  }
  return canIsolate(environment)
    ? { binaries }
    : { binaries, missing: 'prove needs user, network and mount namespaces, which this user may not create' };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export const ISOLATION = [
  '--user',
  '--map-root-user',
  '--net',
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc',
] as const;

function canIsolate(env: NodeJS.ProcessEnv): boolean {
  return (
    spawnSync('unshare', [...ISOLATION, 'ip', 'link', 'add', 'one', 'type', 'veth'], { stdio: 'ignore', env })
      .status === 0
  );
}

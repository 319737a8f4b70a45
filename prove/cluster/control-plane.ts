import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../ground/processes';
import type { Binaries } from '../ground/requirements';
import { KubernetesApi, type Connection } from './api';

const START_SECONDS = 90;
const SERVICE_CIDR = '172.20.0.0/16';
/** The address of the Service `kubernetes`: the first of the CIDR block. */
export const API_SERVICE = { address: '172.20.0.1', port: 443 } as const;

/** etcd, API server, controllers and scheduler, without any node. */
export class ControlPlane {
  private readonly processes: ChildProcess[] = [];
  private constructor(
    readonly api: KubernetesApi,
    readonly connection: Connection,
  ) {}

  static async start(binaries: Binaries, directory: string, address: string): Promise<ControlPlane> {
    mkdirSync(join(directory, 'pki'), { recursive: true });
    const pki = (file: string) => join(directory, 'pki', file);
    const key = pki('service-accounts.key');
    await run('openssl', ['genrsa', '-out', key, '2048']);
    const token = randomBytes(16).toString('hex');
    const schedulerToken = randomBytes(16).toString('hex');
    writeFileSync(
      pki('tokens.csv'),
      `${token},prove,prove,"system:masters"\n${schedulerToken},system:kube-scheduler,scheduler\n`,
      { mode: 0o600 },
    );
    const started: ChildProcess[] = [];
    const start = (binary: keyof Binaries, ...args: string[]) => {
      const log = openSync(join(directory, `${binary}.log`), 'w');
      started.push(
        spawn(binaries[binary], args, {
          stdio: ['ignore', log, log],
          cwd: directory,
          env: { ...process.env, KUBE_FEATURE_WatchListClient: 'false' },
        }),
      );
      closeSync(log);
      return started.at(-1)!;
    };
    start(
      'etcd',
      ...['--data-dir', join(directory, 'etcd'), '--log-level=error', '--unsafe-no-fsync'].slice(0, 3),
      '--listen-client-urls=http://127.0.0.1:2379',
      '--advertise-client-urls=http://127.0.0.1:2379',
      '--listen-peer-urls=http://127.0.0.1:2380',
    );
    const port = 6443;
    const apiServer = start(
      'kube-apiserver',
      '--etcd-servers=http://127.0.0.1:2379',
      `--bind-address=${address}`,
      `--advertise-address=${address}`,
      `--secure-port=${port}`,
      `--cert-dir=${join(directory, 'pki')}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${key}`,
      `--service-account-signing-key-file=${key}`,
      `--token-auth-file=${pki('tokens.csv')}`,
      '--authorization-mode=Node,RBAC',
      `--service-cluster-ip-range=${SERVICE_CIDR}`,
      '--endpoint-reconciler-type=none',
      '--allow-privileged=true',
      '--profiling=false',
      // Streaming lists need a newer etcd than some distributions have.
      '--feature-gates=WatchList=false',
    );
    const caFile = pki('apiserver.crt');
    const connection = { host: address, port, caFile, token };
    const api = await ready(connection, apiServer, directory);
    const kubeconfig = (name: string, user: string) => {
      const file = join(directory, name);
      const server = { server: `https://${address}:${port}`, 'certificate-authority': caFile };
      const config = {
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'prove',
        clusters: [{ name: 'prove', cluster: server }],
        users: [{ name: 'prove', user: { token: user } }],
        contexts: [{ name: 'prove', context: { cluster: 'prove', user: 'prove' } }],
      };
      writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
      return file;
    };
    start(
      'kube-controller-manager',
      `--kubeconfig=${kubeconfig('kubeconfig', token)}`,
      `--service-account-private-key-file=${key}`,
      `--root-ca-file=${caFile}`,
      '--leader-elect=false',
      '--secure-port=0',
      '--kube-api-qps=300',
      '--kube-api-burst=500',
    );
    start(
      'kube-scheduler',
      `--kubeconfig=${kubeconfig('scheduler.kubeconfig', schedulerToken)}`,
      '--leader-elect=false',
      '--secure-port=0',
      '--kube-api-qps=300',
      '--kube-api-burst=500',
    );
    const plane = new ControlPlane(api, connection);
    plane.processes.push(...started);
    return plane;
  }

  stop(): void {
    this.api.stop();
    for (const process of this.processes.reverse()) process.kill('SIGKILL');
  }
}

async function ready(connection: Connection, apiServer: ChildProcess, directory: string): Promise<KubernetesApi> {
  const deadline = Date.now() + START_SECONDS * 1000;
  for (;;) {
    if (apiServer.exitCode !== null || Date.now() > deadline) {
      const log = readFileSync(join(directory, 'kube-apiserver.log'), 'utf8').slice(-2000);
      throw new Error(`kube-apiserver did not start:\n${log}`);
    }
    try {
      const api = new KubernetesApi(connection);
      await api.get('/readyz');
      return api;
    } catch {
      await sleep(200);
    }
  }
}

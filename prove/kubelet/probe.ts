import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningContainer } from './runtime';

/** As in a pod's spec, with Kubernetes' defaults. Source: "Configure Liveness, Readiness and Startup Probes",
 * https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/ */
export interface ProbeSpec {
  readonly httpGet?: {
    readonly path?: string;
    readonly port: number | string;
    readonly host?: string;
    readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[];
  };
  readonly tcpSocket?: { readonly port: number | string; readonly host?: string };
  readonly exec?: { readonly command: readonly string[] };
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
  readonly terminationGracePeriodSeconds?: number;
}

export interface ProbeTarget {
  readonly address: string;
  /** The number of a port of the container. */
  port(name: number | string): number;
  readonly container: Pick<RunningContainer, 'exec'>;
}

const DEFAULT_PERIOD = 10;
const DEFAULT_TIMEOUT = 1;
const DEFAULT_FAILURES = 3;

/** Consecutive results, and the verdict that they have led to. */
export class Verdict {
  private run = 0;
  private last?: boolean;

  constructor(
    private readonly spec: ProbeSpec,
    /** Readiness begins as false, liveness as true, startup as undecided. */
    public value: boolean | undefined,
  ) {}

  /** Returns true where the verdict has changed. */
  add(success: boolean): boolean {
    this.run = this.last === success ? this.run + 1 : 1;
    this.last = success;
    const { successThreshold = 1, failureThreshold = DEFAULT_FAILURES } = this.spec;
    if (this.run < (success ? successThreshold : failureThreshold) || this.value === success) return false;
    this.value = success;
    return true;
  }
}

/** Probes until it is stopped, at fixed intervals: one that takes long delays the next. */
export class Prober {
  private stopped = false;

  constructor(
    private readonly spec: ProbeSpec,
    private readonly target: ProbeTarget,
    private readonly verdict: Verdict,
    private readonly onChange: (value: boolean) => void,
    private readonly probe: (spec: ProbeSpec, target: ProbeTarget) => Promise<boolean> = probeOnce,
  ) {}

  async start(): Promise<void> {
    await sleep((this.spec.initialDelaySeconds ?? 0) * 1000);
    const period = (this.spec.periodSeconds ?? DEFAULT_PERIOD) * 1000;
    let next = Date.now();
    while (!this.stopped) {
      const success = await this.probe(this.spec, this.target).catch(() => false);
      if (this.stopped) return;
      if (this.verdict.add(success)) this.onChange(success);
      next = Math.max(next + period, Date.now());
      await sleep(next - Date.now());
    }
  }

  stop(): void {
    this.stopped = true;
  }
}

export function probeOnce(spec: ProbeSpec, target: ProbeTarget): Promise<boolean> {
  const { timeoutSeconds = DEFAULT_TIMEOUT } = spec;
  if (spec.exec) return target.container.exec(spec.exec.command, timeoutSeconds).then((code) => code === 0);
  if (spec.httpGet) return httpProbe(spec.httpGet, target, timeoutSeconds * 1000);
  if (spec.tcpSocket) return tcpProbe(spec.tcpSocket, target, timeoutSeconds * 1000);
  throw new Error('a probe has httpGet, tcpSocket or exec');
}

/** Any status from 200 to 399 is a success; a redirect to another host is not followed, and a success. */
function httpProbe(
  { path = '/', port, host, httpHeaders = [] }: NonNullable<ProbeSpec['httpGet']>,
  target: ProbeTarget,
  timeout: number,
): Promise<boolean> {
  const headers = Object.fromEntries(httpHeaders.map(({ name, value }) => [name, value]));
  return httpStatus({
    host: host ?? target.address,
    port: target.port(port),
    path,
    headers: { 'user-agent': 'kube-probe/1.34', ...headers },
    timeout,
  }).then((status) => status >= 200 && status < 400);
}

export function httpStatus(options: {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeout: number;
}): Promise<number> {
  return new Promise((resolve, reject) => {
    const { timeout, ...rest } = options;
    const sent = request(
      { ...rest, agent: false, headers: { ...options.headers, connection: 'close' } },
      (response) => {
        response.resume();
        clearTimeout(timer);
        resolve(response.statusCode ?? 0);
      },
    );
    const timer = setTimeout(() => sent.destroy(new Error('timeout')), timeout);
    sent.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    sent.end();
  });
}

function tcpProbe({ port, host }: NonNullable<ProbeSpec['tcpSocket']>, target: ProbeTarget, timeout: number) {
  return new Promise<boolean>((resolve) => {
    const socket = connect({ host: host ?? target.address, port: target.port(port) });
    const end = (success: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(success);
    };
    const timer = setTimeout(() => end(false), timeout);
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
  });
}

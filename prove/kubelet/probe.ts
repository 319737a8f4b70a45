import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningContainer } from './runtime';

/**
 * As in a pod's spec, with Kubernetes' defaults. Source: "Configure Liveness, Readiness and Startup Probes",
 * https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
 */
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

/**
 * Probes until it is stopped, at fixed intervals: one that takes long delays the next. The initial delay begins with the
 * container, or with the success of its startup probe. A probe that fails by an error is one that fails.
 */
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

/** Then a probe is successful. */
const MAX_REDIRECTS = 10;

/**
 * Any status from 200 to 399 is a success. Redirects are followed on the same host only; one to another host is a
 * success. Source: "Configure Liveness, Readiness and Startup Probes", section "HTTP probes".
 */
async function httpProbe(
  { path = '/', port, host, httpHeaders = [] }: NonNullable<ProbeSpec['httpGet']>,
  target: ProbeTarget,
  timeout: number,
): Promise<boolean> {
  const headers = {
    'user-agent': 'kube-probe/1.34',
    ...Object.fromEntries(httpHeaders.map(({ name, value }) => [name, value])),
  };
  const end = Date.now() + timeout;
  let url = new URL(path, `http://${host ?? target.address}:${target.port(port)}`);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const { status, location } = await httpGet({
      host: url.hostname,
      port: Number(url.port || 80),
      path: `${url.pathname}${url.search}`,
      headers,
      timeout: end - Date.now(),
    });
    if (status < 300 || status >= 400 || location === undefined) return status >= 200 && status < 400;
    const next = new URL(location, url);
    if (next.hostname !== url.hostname) return true;
    url = next;
  }
  return true;
}

export interface Answer {
  readonly status: number;
  readonly location?: string;
}

/** The body is part of the answer: one that stops within it is a failure. */
export function httpGet(options: {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeout: number;
}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { timeout, ...rest } = options;
    const sent = request(
      { ...rest, agent: false, headers: { ...options.headers, connection: 'close' } },
      (response) => {
        const { statusCode = 0, headers } = response;
        response.resume();
        response.on('error', fail);
        response.on('end', () => {
          clearTimeout(timer);
          resolve({ status: statusCode, ...(headers.location !== undefined && { location: headers.location }) });
        });
      },
    );
    const timer = setTimeout(() => {
      sent.destroy(new Error('timeout'));
      reject(new Error('timeout'));
    }, timeout);
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    sent.on('error', fail);
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

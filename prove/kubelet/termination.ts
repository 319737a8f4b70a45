import { setTimeout as sleep } from 'node:timers/promises';
import { httpGet, type ProbeTarget } from './probe';
import type { RunningContainer } from './runtime';

export interface PreStop {
  readonly exec?: { readonly command: readonly string[] };
  readonly httpGet?: { readonly path?: string; readonly port: number | string; readonly host?: string };
  readonly sleep?: { readonly seconds: number };
}

/** What SIGTERM gets at least, also after a hook that has used up the grace period, and in a forced deletion. */
const MIN_GRACE_SECONDS = 2;

/**
 * Ends a container as the kubelet does: the hook, then SIGTERM, then SIGKILL when the grace period, which includes the
 * hook, has passed. A hook that fails does not delay SIGTERM; without a grace period it does not run. Sources: "Container
 * Lifecycle Hooks", https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/; "Pod Lifecycle", sections
 * "Termination of Pods" and "Forced Pod termination",
 * https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export async function terminate(
  container: RunningContainer,
  graceSeconds: number,
  preStop: PreStop | undefined,
  target: ProbeTarget,
  report: (event: string) => void = () => undefined,
): Promise<void> {
  const start = Date.now();
  if (preStop && graceSeconds > 0) {
    const failure = await Promise.race([
      runHook(preStop, target, graceSeconds).catch((error: Error) => error.message),
      sleep(graceSeconds * 1000, 'it exceeded the grace period', { ref: false }),
      container.exited.then(() => undefined),
    ]);
    if (failure !== undefined) report(`preStop failed: ${failure}`);
  }
  const left = Math.max(graceSeconds * 1000 - (Date.now() - start), MIN_GRACE_SECONDS * 1000);
  container.signal('SIGTERM');
  let timer: NodeJS.Timeout | undefined;
  const killed = new Promise<'kill'>((resolve) => {
    timer = setTimeout(() => resolve('kill'), left);
  });
  if ((await Promise.race([container.exited, killed])) === 'kill') {
    report('SIGKILL: the grace period has passed');
    container.signal('SIGKILL');
  }
  clearTimeout(timer);
  await container.exited;
}

async function runHook(hook: PreStop, target: ProbeTarget, graceSeconds: number): Promise<string | undefined> {
  if (hook.sleep) {
    await sleep(hook.sleep.seconds * 1000);
    return undefined;
  }
  if (hook.exec) {
    const code = await target.container.exec(hook.exec.command, graceSeconds);
    return code === 0 ? undefined : `${hook.exec.command.join(' ')} exited with ${code}`;
  }
  if (hook.httpGet) {
    const { path = '/', port, host = target.address } = hook.httpGet;
    // Whatever the status, the kubelet is content.
    await httpGet({ host, path, port: target.port(port), timeout: graceSeconds * 1000 });
    return undefined;
  }
  throw new Error('a preStop hook has exec, httpGet or sleep');
}

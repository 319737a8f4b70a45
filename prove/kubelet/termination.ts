import { setTimeout as sleep } from 'node:timers/promises';
import { httpStatus, type ProbeTarget } from './probe';
import type { RunningContainer } from './runtime';

export interface PreStop {
  readonly exec?: { readonly command: readonly string[] };
  readonly httpGet?: { readonly path?: string; readonly port: number | string; readonly host?: string };
  readonly sleep?: { readonly seconds: number };
}

/** What a hook leaves of the grace period at the least. */
const MIN_GRACE_SECONDS = 2;

/**
 * Ends a container as the kubelet does: the hook, then SIGTERM, then SIGKILL when the grace period, which includes the
 * hook, has passed. A hook that fails does not delay SIGTERM. Source: "Container Lifecycle Hooks",
 * https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
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
      runHook(preStop, target, graceSeconds),
      sleep(graceSeconds * 1000, 'it exceeded the grace period', { ref: false }),
      container.exited.then(() => undefined),
    ]);
    if (failure !== undefined) report(`preStop failed: ${failure}`);
  }
  const left = Math.max(graceSeconds * 1000 - (Date.now() - start), graceSeconds > 0 ? MIN_GRACE_SECONDS * 1000 : 0);
  container.signal(left > 0 ? 'SIGTERM' : 'SIGKILL');
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
    return httpStatus({ host, path, port: target.port(port), timeout: graceSeconds * 1000 }).then(
      () => undefined,
      (error: Error) => error.message,
    );
  }
  return undefined;
}

import type { Timing } from '../model';
import { list, read, type Resource, type SynthesizedStacks } from '../synthesized';
import { podOf, WORKLOADS } from './pods';

/** The traffic contract, as configured in load balancer and pods. */
export function timings(stacks: SynthesizedStacks, balancer: Resource, target: Resource): readonly Timing[] {
  const at = (path: string) => target.number(path);
  const [interval = 0, timeout = 0] = [at('health_check.interval'), at('health_check.timeout')];
  const after = (threshold: number | undefined) =>
    threshold === undefined ? undefined : interval * threshold + timeout;
  const pods = podsBehind(stacks, target);
  const all: readonly (readonly [string, number | undefined])[] = [
    ['Health check: a new target is healthy after', after(at('health_check.healthy_threshold'))],
    ['Health check: a failing target is unhealthy after', after(at('health_check.unhealthy_threshold'))],
    ['Deregistration delay of a target', at('deregistration_delay')],
    [
      'Ingress still accepts requests after SIGTERM for',
      argument(pods, 'entrypoints.web.transport.lifecycle.requestacceptgracetimeout'),
    ],
    [
      'Ingress then completes in-flight requests for',
      argument(pods, 'entrypoints.web.transport.lifecycle.gracetimeout'),
    ],
    ['Termination grace period of the ingress', pods?.number(`${podPath(pods)}.termination_grace_period_seconds`)],
    ['minReadySeconds of the ingress', pods?.number('spec.min_ready_seconds')],
    ['Idle timeout of the load balancer', balancer.number('idle_timeout')],
    ['Idle timeout of the ingress', argument(pods, 'entrypoints.web.transport.respondingtimeouts.idletimeout')],
  ];
  return all.flatMap(([what, seconds]) => (seconds === undefined ? [] : [{ what, seconds }]));
}

/** The pods behind the Service that opens the target group's port on every node. */
function podsBehind(stacks: SynthesizedStacks, target: Resource): Resource | undefined {
  const port = target.number('port');
  const service = stacks
    .ofType('kubernetes_service_v1', 'kubernetes_service')
    .find((one) => port !== undefined && one.blocks('spec.port').some((entry) => entry['node_port'] === port));
  if (!service) return undefined;
  const selector = JSON.stringify(service.get('spec.selector'));
  return stacks.ofType(...WORKLOADS).find((one) => JSON.stringify(one.get('spec.selector.match_labels')) === selector);
}

function podPath(pods: Resource): string {
  return podOf(pods)?.path ?? '';
}

/** A duration argument of Traefik: `--name=20s`. */
function argument(pods: Resource | undefined, name: string): number | undefined {
  const containers = pods ? list(pods.get(`${podPath(pods)}.container`)) : [];
  const found = containers
    .flatMap((container) => list(read(container, 'args')))
    .map((text) => /^--([\w.]+)=(\d+)s$/.exec(String(text)))
    .find((match) => match?.[1] === name);
  return found ? Number(found[2]) : undefined;
}

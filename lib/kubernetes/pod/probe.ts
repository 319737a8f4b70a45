import type { DeploymentV1SpecTemplateSpecContainerReadinessProbe as ProbeBlock } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { escapeTemplate } from '../../core/escape-template';
import { sortedRecord } from '../../core/record';

/** How the kubelet probes a container. */
export type Probe = ProbeTimes &
  (
    | {
        readonly path: string;
        /** By number or name. */
        readonly port: number | string;
        /** @default 'HTTP' */
        readonly scheme?: 'HTTP' | 'HTTPS';
        /** @default none */
        readonly headers?: Readonly<Record<string, string>>;
      }
    | { readonly tcp: number | string }
    | { readonly grpc: number }
    | { readonly command: readonly string[] }
  );

export interface ProbeTimes {
  /** @default 10 */
  readonly periodSeconds?: number;
  /** @default 1 */
  readonly timeoutSeconds?: number;
  /** @default 3 */
  readonly failureThreshold?: number;
  /** @default 0 */
  readonly initialDelaySeconds?: number;
}

/** The defaults are written out, so that a plan shows them. */
export function probeBlock(probe: Probe): ProbeBlock {
  return {
    periodSeconds: probe.periodSeconds ?? 10,
    timeoutSeconds: probe.timeoutSeconds ?? 1,
    failureThreshold: probe.failureThreshold ?? 3,
    ...(probe.initialDelaySeconds !== undefined && { initialDelaySeconds: probe.initialDelaySeconds }),
    ...action(probe),
  };
}

function action(probe: Probe): Pick<ProbeBlock, 'httpGet' | 'tcpSocket' | 'grpc' | 'exec'> {
  if ('path' in probe) {
    const { path, port, scheme = 'HTTP', headers = {} } = probe;
    const httpHeader = Object.entries(sortedRecord(headers)).map(([name, value]) => ({ name, value }));
    return { httpGet: { path, port: String(port), scheme, ...(httpHeader.length > 0 && { httpHeader }) } };
  }
  if ('tcp' in probe) return { tcpSocket: [{ port: String(probe.tcp) }] };
  if ('grpc' in probe) return { grpc: [{ port: probe.grpc }] };
  return { exec: { command: probe.command.map(escapeTemplate) } };
}

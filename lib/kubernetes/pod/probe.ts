import type { DeploymentV1SpecTemplateSpecContainerReadinessProbe as ProbeBlock } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { Problem } from '../../core/check';
import { sortedRecord } from '../../core/record';
import { anyText, either, integer, list, object, oneOf, optional, record, text } from '../../core/shape';
import { absolutePathProblem } from './paths';
import { portNumberProblem, portProblem } from '../port';
import { byKey } from '../shape-by-key';
import { wholeNumberProblem } from '../whole-number';

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

const TIMES = {
  periodSeconds: optional(integer),
  timeoutSeconds: optional(integer),
  failureThreshold: optional(integer),
  initialDelaySeconds: optional(integer),
};
const PORT = either(integer, text('the name of a port'));

export const PROBE = byKey<Probe, 'path' | 'tcp' | 'grpc' | 'command'>(
  'a probe, such as { path, port }, { tcp }, { grpc } or { command }',
  {
    path: object<Extract<Probe, { readonly path: string }>>({
      ...TIMES,
      path: text(),
      port: PORT,
      scheme: optional(oneOf('HTTP', 'HTTPS')),
      headers: optional(record(anyText, 'an object of texts by header')),
    }),
    tcp: object<Extract<Probe, { readonly tcp: number | string }>>({ ...TIMES, tcp: PORT }),
    grpc: object<Extract<Probe, { readonly grpc: number }>>({ ...TIMES, grpc: integer }),
    command: object<Extract<Probe, { readonly command: readonly string[] }>>({ ...TIMES, command: list(anyText) }),
  },
);

const HEADER = /^[-A-Za-z0-9]+$/;

/** @param path the probe's */
export function probeProblems(path: string, probe: Probe): readonly Problem[] {
  return [
    wholeNumberProblem(`${path}.periodSeconds`, probe.periodSeconds, 1),
    wholeNumberProblem(`${path}.timeoutSeconds`, probe.timeoutSeconds, 1),
    wholeNumberProblem(`${path}.failureThreshold`, probe.failureThreshold, 1),
    wholeNumberProblem(`${path}.initialDelaySeconds`, probe.initialDelaySeconds, 0),
    ...actionProblems(path, probe),
  ];
}

function actionProblems(path: string, probe: Probe): readonly Problem[] {
  if ('path' in probe) {
    return [
      absolutePathProblem(`${path}.path`, probe.path),
      portProblem(`${path}.port`, probe.port),
      ...Object.keys(probe.headers ?? {}).map(
        (name) =>
          !HEADER.test(name) && `${path}.headers has '${name}': use letters, digits and '-' in the name of a header`,
      ),
    ];
  }
  if ('tcp' in probe) return [portProblem(`${path}.tcp`, probe.tcp)];
  if ('grpc' in probe) return [portNumberProblem(`${path}.grpc`, probe.grpc)];
  return [probe.command.length === 0 && `${path}.command is empty: write the program and its arguments`];
}

/** The port that a probe connects to. */
export function probedPort(probe: Probe): number | string | undefined {
  if ('path' in probe) return probe.port;
  if ('tcp' in probe) return probe.tcp;
  return 'grpc' in probe ? probe.grpc : undefined;
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
  return { exec: { command: [...probe.command] } };
}

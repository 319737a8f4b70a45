import type { Problem } from '../core/check';
import { sortedRecord } from '../core/record';
import { object, optional, text } from '../core/shape';
import type { Labels } from '../kubernetes/labels';
import type { Taint } from '../kubernetes/taint';
import type { LogRotation } from './log-rotation';
import { sortTaints } from './taints-and-labels';

/** The node's operating system: Amazon Linux 2023, configured by nodeadm, or Bottlerocket, configured by TOML. */
export type NodeSystem = 'al2023' | 'bottlerocket';

/** What a self-managed node needs to join a cluster. For managed node groups EKS adds it. */
export interface JoinSettings {
  readonly clusterName: string;
  readonly endpoint: string;
  /** Base64. */
  readonly certificateAuthority: string;
  readonly serviceCidr: string;
  /** ClusterIP of the cluster's DNS Service: the tenth address of the service CIDR. */
  readonly dnsAddress: string;
  readonly labels: Labels;
  readonly taints: readonly Taint[];
}

export interface KubeletSettings {
  readonly maxPods?: number;
  readonly systemReserved?: SystemReserved;
  readonly logRotation?: LogRotation;
}

/** Resources reserved for system daemons, as Kubernetes quantities. */
export interface SystemReserved {
  readonly cpu?: string;
  readonly memory?: string;
}

export const SYSTEM_RESERVED = object<SystemReserved>({ cpu: optional(text()), memory: optional(text()) });

export interface BootstrapSettings extends KubeletSettings {
  readonly join?: JoinSettings;
  /** Further settings in the operating system's own format: a NodeConfig document, or TOML. */
  readonly extra?: string;
}

/** The user data, not yet base64-encoded; undefined if none is needed. */
export function userData(system: NodeSystem, settings: BootstrapSettings): string | undefined {
  return system === 'al2023' ? nodeadmUserData(settings) : bottlerocketUserData(settings);
}

export function extraSettingsProblem(system: NodeSystem, extra: string): Problem {
  if (extra.startsWith('#!')) {
    return system === 'al2023'
      ? 'nodeConfig is a shell script: nodeadm reads a NodeConfig document (apiVersion node.eks.aws/v1alpha1); run scripts from a DaemonSet or build a custom AMI'
      : 'nodeConfig is a shell script: Bottlerocket has no shell and reads TOML; use a bootstrap container';
  }
  if (system === 'al2023') {
    return (
      !/^apiVersion: *["']?node\.eks\.aws\//m.test(extra) &&
      'nodeConfig must be a NodeConfig document, with apiVersion: node.eks.aws/v1alpha1 and kind: NodeConfig'
    );
  }
  const table = OWN_TABLES.find((header) => extra.includes(header));
  return (
    table !== undefined &&
    `nodeConfig has the table ${table}, which is already generated: TOML allows each table only once`
  );
}

const BOUNDARY = 'quayside-node';

/** Parts are merged, later ones win. Source: "nodeadm", https://awslabs.github.io/amazon-eks-ami/nodeadm/ */
function nodeadmUserData({ join, extra, ...kubelet }: BootstrapSettings): string | undefined {
  const spec = [...(join ? clusterSpec(join) : []), ...kubeletSpec(kubelet, join)];
  const documents = [
    ...(spec.length > 0
      ? [['apiVersion: node.eks.aws/v1alpha1', 'kind: NodeConfig', 'spec:', ...indent(spec)].join('\n')]
      : []),
    ...(extra !== undefined ? [extra.trimEnd()] : []),
  ];
  if (documents.length === 0) return undefined;
  const parts = documents.map((text) => `--${BOUNDARY}\nContent-Type: application/node.eks.aws\n\n${text}\n`);
  return `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="${BOUNDARY}"\n\n${parts.join('\n')}\n--${BOUNDARY}--\n`;
}

function clusterSpec(join: JoinSettings): string[] {
  return [
    'cluster:',
    ...indent([
      `name: ${quoted(join.clusterName)}`,
      `apiServerEndpoint: ${quoted(join.endpoint)}`,
      `certificateAuthority: ${quoted(join.certificateAuthority)}`,
      `cidr: ${quoted(join.serviceCidr)}`,
    ]),
  ];
}

function kubeletSpec(
  { maxPods, systemReserved, logRotation = {} }: KubeletSettings,
  join: JoinSettings | undefined,
): string[] {
  const { containerLogMaxMib, containerLogMaxFiles } = logRotation;
  const config = [
    ...(maxPods !== undefined ? [`maxPods: ${maxPods}`] : []),
    ...(containerLogMaxMib !== undefined ? [`containerLogMaxSize: ${containerLogMaxMib}Mi`] : []),
    ...(containerLogMaxFiles !== undefined ? [`containerLogMaxFiles: ${containerLogMaxFiles}`] : []),
    ...table(systemReserved, (lines) => ['systemReserved:', ...indent(lines)], ': '),
  ];
  const labels = Object.entries(sortedRecord(join?.labels ?? {})).map(([key, value]) => `${key}=${value}`);
  const taints = sortTaints(join?.taints ?? []).map(({ key, value = '', effect }) => `${key}=${value}:${effect}`);
  const flags = [
    ...(labels.length > 0 ? [`- ${quoted(`--node-labels=${labels.join(',')}`)}`] : []),
    ...(taints.length > 0 ? [`- ${quoted(`--register-with-taints=${taints.join(',')}`)}`] : []),
  ];
  if (config.length + flags.length === 0) return [];
  return [
    'kubelet:',
    ...indent([
      ...(config.length > 0 ? ['config:', ...indent(config)] : []),
      ...(flags.length > 0 ? ['flags:', ...indent(flags)] : []),
    ]),
  ];
}

const OWN_TABLES = ['', '.node-labels', '.node-taints', '.system-reserved'].map(
  (name) => `[settings.kubernetes${name}]`,
);

/** Source: "settings.kubernetes", Bottlerocket documentation. */
function bottlerocketUserData(settings: BootstrapSettings): string | undefined {
  const { join, extra, maxPods, systemReserved, logRotation = {} } = settings;
  const { containerLogMaxMib, containerLogMaxFiles } = logRotation;
  const kubernetes = [
    ...(join
      ? [
          `api-server = ${quoted(join.endpoint)}`,
          `cluster-certificate = ${quoted(join.certificateAuthority)}`,
          `cluster-name = ${quoted(join.clusterName)}`,
          `cluster-dns-ip = ${quoted(join.dnsAddress)}`,
        ]
      : []),
    ...(maxPods !== undefined ? [`max-pods = ${maxPods}`] : []),
    ...(containerLogMaxMib !== undefined ? [`container-log-max-size = ${quoted(`${containerLogMaxMib}Mi`)}`] : []),
    ...(containerLogMaxFiles !== undefined ? [`container-log-max-files = ${containerLogMaxFiles}`] : []),
  ];
  const tables = [
    ...(kubernetes.length > 0 ? [['[settings.kubernetes]', ...kubernetes]] : []),
    ...tomlTable('node-labels', join?.labels),
    ...tomlTable('node-taints', taintsByKey(join?.taints ?? [])),
    ...tomlTable('system-reserved', systemReserved),
    ...(extra !== undefined ? [[extra.trimEnd()]] : []),
  ];
  return tables.length > 0 ? `${tables.map((lines) => lines.join('\n')).join('\n\n')}\n` : undefined;
}

function tomlTable(name: string, values: object | undefined): string[][] {
  return table(values, (lines) => [[`[settings.kubernetes.${name}]`, ...lines]], ' = ');
}

function taintsByKey(taints: readonly Taint[]): Record<string, string[]> {
  const byKey: Record<string, string[]> = {};
  for (const { key, value = '', effect } of sortTaints(taints)) (byKey[key] ??= []).push(`${value}:${effect}`);
  return byKey;
}

/** Sorted lines `"key"<between>"value"` for the values that are set; empty if none is. */
function table<T>(values: object | undefined, wrap: (lines: string[]) => T[], between: string): T[] {
  const set = Object.entries(sortedRecord({ ...values })).filter(([, value]) => value !== undefined);
  return set.length > 0 ? wrap(set.map(([key, value]) => `${quoted(key)}${between}${quoted(value)}`)) : [];
}

/** A JSON string, or a list of them, is valid YAML and TOML. */
function quoted(value: unknown): string {
  return JSON.stringify(value);
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

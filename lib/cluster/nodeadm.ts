import type { Problem } from '../core/check';
import { sortedRecord } from '../core/record';
import type { BootstrapSettings, JoinSettings, KubeletSettings } from './bootstrap-settings';
import { sortTaints } from './taints-and-labels';
import { setTwiceProblem, TAINTS } from './node-config-problems';
import { indent, quoted, table } from './user-data-text';
import { parseYaml } from './yaml-outline';

const BOUNDARY = 'quayside-node';

/** Parts are merged, later ones win. Source: "nodeadm", https://awslabs.github.io/amazon-eks-ami/nodeadm/ */
export function nodeadmUserData({ join, extra, ...kubelet }: BootstrapSettings): string | undefined {
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
  const reserved = Object.entries(table(systemReserved)).map(([key, value]) => `${key}: ${value}`);
  const config = [
    ...(maxPods !== undefined ? [`maxPods: ${maxPods}`] : []),
    ...(containerLogMaxMib !== undefined ? [`containerLogMaxSize: ${containerLogMaxMib}Mi`] : []),
    ...(containerLogMaxFiles !== undefined ? [`containerLogMaxFiles: ${containerLogMaxFiles}`] : []),
    ...(reserved.length > 0 ? ['systemReserved:', ...indent(reserved)] : []),
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

/** @param settings what is written besides `extra` */
export function nodeConfigProblems(extra: string, settings: BootstrapSettings): readonly Problem[] {
  const outline = parseYaml(extra);
  if (typeof outline === 'string') return [`nodeConfig is not valid YAML: ${outline}`];
  if (!/(?:^|[{,]\s*)["']?apiVersion["']?: *["']?node\.eks\.aws\//m.test(extra) || !outline.keys.includes('kind')) {
    return ['nodeConfig must be a NodeConfig document, with apiVersion: node.eks.aws/v1alpha1 and kind: NodeConfig'];
  }
  const flags = outline.items.filter(({ path }) => path === 'spec.kubelet.flags').map(({ value }) => value);
  return Object.entries(writtenBy(settings)).map(([key, prop]): Problem => {
    if (outline.keys.some((given) => given === key || given.startsWith(`${key}.`))) {
      return setTwiceProblem(key, prop);
    }
    return (
      flags.some((flag) => flag.startsWith(`${key}=`)) &&
      `nodeConfig sets the flag ${key}, which is also set by ${prop}, and only the last one counts: remove one of the two`
    );
  });
}

/** The props that set the keys and flags of the generated document; undefined for what it has without one. */
function writtenBy({
  join,
  maxPods,
  systemReserved,
  logRotation,
}: BootstrapSettings): Readonly<Record<string, string | undefined>> {
  const config = 'spec.kubelet.config';
  return {
    ...(join && { 'spec.cluster': undefined }),
    ...(maxPods !== undefined && { [`${config}.maxPods`]: 'maxPods' }),
    ...(logRotation?.containerLogMaxMib !== undefined && {
      [`${config}.containerLogMaxSize`]: 'logRotation.containerLogMaxMib',
    }),
    ...(logRotation?.containerLogMaxFiles !== undefined && {
      [`${config}.containerLogMaxFiles`]: 'logRotation.containerLogMaxFiles',
    }),
    ...(systemReserved && { [`${config}.systemReserved`]: 'systemReserved' }),
    ...(join && Object.keys(join.labels).length > 0 && { '--node-labels': 'labels' }),
    ...(join && join.taints.length > 0 && { '--register-with-taints': TAINTS }),
  };
}

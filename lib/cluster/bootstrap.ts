import type { Problem } from '../core/check';
import { grouped } from '../core/format';
import type { BootstrapSettings, NodeSystem } from './bootstrap-settings';
import { bottlerocketProblems, bottlerocketUserData } from './bottlerocket';
import { nodeadmUserData, nodeConfigProblems } from './nodeadm';

/** The user data, not yet base64-encoded; undefined if none is needed. */
export function userData(system: NodeSystem, settings: BootstrapSettings): string | undefined {
  return system === 'al2023' ? nodeadmUserData(settings) : bottlerocketUserData(settings);
}

/** @param settings what is written besides `extra` */
export function extraSettingsProblems(
  system: NodeSystem,
  extra: string,
  settings: BootstrapSettings = {},
): readonly Problem[] {
  if (extra.startsWith('#!')) {
    return [
      system === 'al2023'
        ? 'nodeConfig is a shell script: nodeadm reads a NodeConfig document (apiVersion node.eks.aws/v1alpha1); run scripts from a DaemonSet or build a custom AMI'
        : 'nodeConfig is a shell script: Bottlerocket has no shell and reads TOML; use a bootstrap container',
    ];
  }
  return system === 'al2023' ? nodeConfigProblems(extra, settings) : bottlerocketProblems(extra, settings);
}

/**
 * In bytes, before the encoding. Source: "Run commands when you launch an EC2 instance with user data input",
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 */
const MAX_USER_DATA = 16 * 1024;

/** Validates the size of what is known before apply. */
export function userDataProblem(text: string | undefined): Problem {
  const bytes = Buffer.byteLength((text ?? '').replace(/\$\{TfToken\[[^\]]*\]\}/g, ''));
  return (
    bytes > MAX_USER_DATA &&
    `the user data of the nodes has ${grouped(bytes)} bytes, EC2 allows at most ${grouped(MAX_USER_DATA)}: shorten nodeConfig, or build a custom AMI`
  );
}

import { EksAddon } from '@cdktf/provider-aws/lib/eks-addon';
import { Token, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { canonicalJson } from '../core/canonical-json';
import { check, checkAtSynth, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { dependsOn } from '../core/depends-on';
import { WorkloadRole } from '../iam/workload-role';
import type { Taint } from '../kubernetes/taint';
import { pinnedAddOnVersion } from '../versions';
import { registeredNodeGroups } from './cluster-registry';
import type { ClusterRef } from './cluster-ref';
import { EKS_ADD_ON_PROPS, type EksAddOnPodIdentity, type EksAddOnProps } from './eks-add-on-props';
import { eksAddOnRoleName } from './eks-add-on-roles';
import { repelsPods } from './taints-and-labels';
import { driverVersionProblem, ebsDriverPodIdentity } from './volume-access';

/** EKS waits for the pods of these: without nodes the add-on is degraded for 20 minutes, then creation fails. */
const NEEDS_NODES: ReadonlySet<string> = new Set([
  'coredns',
  'metrics-server',
  'aws-ebs-csi-driver',
  'aws-efs-csi-driver',
]);

const EBS_DRIVER = 'aws-ebs-csi-driver';

function knownPodIdentity(name: string, cluster: ClusterRef): EksAddOnPodIdentity | undefined {
  return name === EBS_DRIVER ? ebsDriverPodIdentity(cluster) : undefined;
}

/** An EKS add-on, installed and kept in its configured state by EKS. */
export class EksAddOn extends Construct {
  readonly addOn: EksAddon;
  readonly role?: WorkloadRole;
  /** Dependency for resources that must be created after it. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: EksAddOnProps) {
    super(scope, id);
    checkProps(this, props, EKS_ADD_ON_PROPS);
    const { cluster, name = id, after = [] } = props;
    const version = props.version ?? pinnedAddOnVersion(cluster.kubernetesVersion, name);
    check(
      this,
      versionProblem(name, version, cluster),
      !version && `no version of '${name}' is pinned for Kubernetes ${cluster.kubernetesVersion}: set version`,
      NEEDS_NODES.has(name) &&
        !props.after &&
        `after is required: pods of '${name}' need nodes, so list the node groups, or [] if the cluster already has nodes`,
      name === EBS_DRIVER && !props.podIdentity && driverVersionProblem(cluster, version),
    );
    if (NEEDS_NODES.has(name)) this.checkSchedulable(name, props);

    const podIdentity = props.podIdentity ?? knownPodIdentity(name, cluster);
    if (podIdentity) this.role = this.addRole(name, cluster, podIdentity);
    this.addOn = new EksAddon(this, 'add-on', {
      clusterName: cluster.clusterId ?? cluster.clusterName,
      addonName: name,
      addonVersion: version,
      configurationValues: props.configuration && canonicalJson(props.configuration),
      podIdentityAssociation: podIdentity && this.role && [associate(podIdentity, this.role)],
      // Overwrites manual changes, such as with kubectl.
      resolveConflictsOnCreate: 'OVERWRITE',
      resolveConflictsOnUpdate: 'OVERWRITE',
      preserve: false,
    });
    dependsOn(this.addOn, ...(this.role?.policies ?? []), ...after);
    this.ready = this.addOn;
  }

  private addRole(name: string, cluster: ClusterRef, podIdentity: EksAddOnPodIdentity): WorkloadRole {
    return new WorkloadRole(this, 'role', {
      name: eksAddOnRoleName(awsContext(this).region, cluster.clusterName, name),
      description: `EKS add-on ${name} of cluster ${cluster.clusterName}`,
      cluster,
      namespace: podIdentity.namespace ?? 'kube-system',
      serviceAccount: podIdentity.serviceAccount,
      managedPolicies: podIdentity.managedPolicies,
      statements: podIdentity.statements,
      tags: podIdentity.tags,
      trust: 'add-on',
    });
  }

  /** Pods that cannot be scheduled keep the add-on degraded until its creation fails. */
  private checkSchedulable(name: string, { cluster, configuration = {} }: EksAddOnProps): void {
    checkAtSynth(this, () => {
      const groups = registeredNodeGroups(this, cluster);
      const schedulable = groups.some(({ taints, nodes }) => nodes > 0 && !repelsPods(taints.filter(isNotTolerated)));
      const reasons = groups.map(({ path, nodes }) => `${path} ${nodes > 0 ? 'is tainted' : 'starts without nodes'}`);
      return [
        groups.length > 0 &&
          !schedulable &&
          !tolerationsOf(name, configuration) && {
            code: 'add-on-without-nodes',
            problem: `pods of '${name}' cannot be scheduled (${reasons.join(', ')}): add an untainted node group with a node, or set ${TOLERATIONS[name] ?? 'tolerations'} in configuration`,
          },
      ];
    });
  }
}

/** EKS installs only a version that it lists for the cluster's Kubernetes version. */
function versionProblem(name: string, version: string | undefined, { kubernetesVersion }: ClusterRef): Problem {
  if (version === undefined || Token.isUnresolved(version)) return false;
  if (!/^v?\d/.test(version)) {
    return `version '${version}' of '${name}' is not a version: use one such as v1.2.3-eksbuild.1, from aws eks describe-addon-versions --addon-name ${name} --kubernetes-version ${kubernetesVersion}`;
  }
  const minor = /^v(\d+\.\d+)\./.exec(version)?.[1];
  return (
    name === 'kube-proxy' &&
    minor !== undefined &&
    Number(minor.split('.')[1]) > Number(kubernetesVersion.split('.')[1]) &&
    `version ${version} of kube-proxy is newer than the control plane, ${kubernetesVersion}: use one of v${kubernetesVersion}, or omit version`
  );
}

/** Path of the Deployment's tolerations in an add-on's configuration, if not at the top level. */
const TOLERATIONS: Readonly<Record<string, string>> = { 'aws-ebs-csi-driver': 'controller.tolerations' };

function tolerationsOf(name: string, configuration: Readonly<Record<string, unknown>>): unknown {
  const path = (TOLERATIONS[name] ?? 'tolerations').split('.');
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], configuration);
}

/** coredns and the EBS driver tolerate this taint by default. */
function isNotTolerated({ key }: Taint): boolean {
  return key !== 'CriticalAddonsOnly';
}

function associate({ serviceAccount }: EksAddOnPodIdentity, { role }: WorkloadRole) {
  return { serviceAccount, roleArn: role.arn };
}

import { EksAddon } from '@cdktf/provider-aws/lib/eks-addon';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { canonicalJson } from '../core/canonical-json';
import { check, checkAtSynth } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { renamedProps } from '../core/renamed-props';
import type { Statement } from '../iam/policy-document';
import { WorkloadRole } from '../iam/workload-role';
import type { Taint } from '../kubernetes/taint';
import { pinnedAddOnVersion } from '../versions';
import { registeredNodeGroups } from './cluster-registry';
import type { ClusterRef } from './cluster-ref';
import { eksAddOnRoleName } from './eks-add-on-roles';
import { repelsPods } from './taints-and-labels';

export interface EksAddOnConfiguration {
  /** @default the one that is pinned for the cluster's Kubernetes minor */
  readonly version?: string;
  /**
   * As the add-on's schema has it: `aws eks describe-addon-configuration --addon-name ... --addon-version ...`.
   * @default EKS's own
   */
  readonly configuration?: Readonly<Record<string, unknown>>;
}

/** What an add-on's pods may do in AWS. */
export interface EksAddOnPodIdentity {
  readonly serviceAccount: string;
  /** @default 'kube-system' */
  readonly namespace?: string;
  /** Names of AWS managed policies. @default none */
  readonly managedPolicies?: readonly string[];
  /** @default none */
  readonly statements?: readonly Statement[];
}

export interface EksAddOnProps extends EksAddOnConfiguration {
  readonly cluster: ClusterRef;
  /**
   * The add-on's name.
   * @default the construct's id
   */
  readonly name?: string;
  /**
   * What must exist before it, such as the node groups that its pods run on; it is destroyed before them. One whose
   * pods must run for EKS to call it active asks for it; `[]` says that the cluster has nodes already.
   */
  readonly after?: readonly ITerraformDependable[];
  /**
   * A role for its pods, by Pod Identity.
   * @default what the add-on is known to need
   */
  readonly podIdentity?: EksAddOnPodIdentity;
}

/** EKS waits for the pods of these: without nodes the add-on stays degraded for 20 minutes, and then it has failed. */
const NEEDS_NODES: ReadonlySet<string> = new Set([
  'coredns',
  'metrics-server',
  'aws-ebs-csi-driver',
  'aws-efs-csi-driver',
]);

const KNOWN_POD_IDENTITIES: Readonly<Record<string, EksAddOnPodIdentity>> = {
  // V2 is limited to volumes that carry the driver's own tag.
  'aws-ebs-csi-driver': {
    serviceAccount: 'ebs-csi-controller-sa',
    managedPolicies: ['AmazonEBSCSIDriverPolicyV2'],
  },
};

/** An add-on that EKS installs and repairs. */
export class EksAddOn extends Construct {
  readonly addOn: EksAddon;
  readonly role?: WorkloadRole;
  /** For whoever must come after it. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: EksAddOnProps) {
    super(scope, id);
    const { cluster, name = id, after = [] } = props;
    const version = props.version ?? pinnedAddOnVersion(cluster.kubernetesVersion, name);
    check(
      this,
      ...renamedProps(props, { identity: 'podIdentity' }),
      !version && `no version of '${name}' is pinned for Kubernetes ${cluster.kubernetesVersion}: give one as version`,
      NEEDS_NODES.has(name) &&
        !props.after &&
        `after is missing: pods of '${name}' need nodes, so name the node groups, or [] where the cluster has nodes already`,
    );
    if (NEEDS_NODES.has(name)) this.checkSchedulable(name, props);

    const podIdentity = props.podIdentity ?? KNOWN_POD_IDENTITIES[name];
    if (podIdentity) this.role = this.addRole(name, cluster, podIdentity);
    this.addOn = new EksAddon(this, 'add-on', {
      clusterName: cluster.clusterId ?? cluster.clusterName,
      addonName: name,
      addonVersion: version,
      configurationValues: props.configuration && canonicalJson(props.configuration),
      podIdentityAssociation: podIdentity && this.role && [associate(podIdentity, this.role)],
      // What stands here is the truth, also against what somebody changed with kubectl.
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
      trust: 'add-on',
    });
  }

  /** Pods that find no node keep the add-on degraded until it has failed. */
  private checkSchedulable(name: string, { cluster, configuration = {} }: EksAddOnProps): void {
    checkAtSynth(this, () => {
      const groups = registeredNodeGroups(this, cluster);
      const placed = groups.some(({ taints, nodes }) => nodes > 0 && !repelsPods(taints.filter(isNotTolerated)));
      const why = groups.map(({ path, nodes }) => `${path} ${nodes > 0 ? 'is tainted' : 'starts without nodes'}`);
      return [
        groups.length > 0 &&
          !placed &&
          !tolerationsOf(name, configuration) && {
            code: 'add-on-without-nodes',
            problem: `no node takes the pods of '${name}' (${why.join(', ')}): add a group without taints that has a node, or set ${TOLERATIONS[name] ?? 'tolerations'} in configuration`,
          },
      ];
    });
  }
}

/** Where an add-on's configuration has the tolerations of its Deployment, if not on top. */
const TOLERATIONS: Readonly<Record<string, string>> = { 'aws-ebs-csi-driver': 'controller.tolerations' };

function tolerationsOf(name: string, configuration: Readonly<Record<string, unknown>>): unknown {
  const path = (TOLERATIONS[name] ?? 'tolerations').split('.');
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], configuration);
}

/** The taint that coredns and the EBS driver tolerate by themselves. */
function isNotTolerated({ key }: Taint): boolean {
  return key !== 'CriticalAddonsOnly';
}

function associate({ serviceAccount }: EksAddOnPodIdentity, { role }: WorkloadRole) {
  return { serviceAccount, roleArn: role.arn };
}

import { LaunchTemplate, type LaunchTemplateBlockDeviceMappings } from '@cdktf/provider-aws/lib/launch-template';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { awsContext } from '../core/aws-context';
import { physicalName } from '../core/naming';
import type { NodeSystem } from './bootstrap';
import type { ClusterRef } from './cluster-ref';
import { DEFAULT_DISK_GIB, type NodeGroupProps } from './node-group-props';
import { base64OfTemplate } from './template-base64';

export interface NodeLaunchTemplateProps extends Pick<
  NodeGroupProps,
  'cluster' | 'name' | 'diskGib' | 'kmsKeyArn' | 'metadataHopLimit'
> {
  readonly os: NodeSystem;
  /** @default none: EKS adds what the machine needs */
  readonly userData?: string;
  /** @default none: EKS chooses by the group's `ami_type` */
  readonly imageId?: string;
  /** @default none: a managed node group brings the role itself, and refuses a template with one */
  readonly instanceProfileArn?: string;
  /**
   * More tags of the machines; a change makes a new version.
   * @default none
   */
  readonly instanceTags?: Readonly<Record<string, string>>;
}

/** How a node is launched. A new version of it replaces the nodes of all its groups. */
export class NodeLaunchTemplate extends Construct {
  readonly resource: LaunchTemplate;
  readonly launchTemplateId: string;
  /** The newest version: never `$Latest`, which hides a change from Terraform. */
  readonly version: string;

  constructor(scope: Construct, id: string, props: NodeLaunchTemplateProps) {
    super(scope, id);
    const { cluster, name, userData, metadataHopLimit = 1 } = props;

    this.resource = new LaunchTemplate(this, 'resource', {
      name: physicalName('launch-template', cluster.clusterName, name),
      updateDefaultVersion: true,
      imageId: props.imageId,
      userData: userData === undefined ? undefined : base64OfTemplate(userData),
      iamInstanceProfile: props.instanceProfileArn === undefined ? undefined : { arn: props.instanceProfileArn },
      vpcSecurityGroupIds: securityGroupsOf(cluster),
      blockDeviceMappings: disks(props),
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: metadataHopLimit },
      monitoring: { enabled: true },
      tagSpecifications: this.launchTags(`${cluster.clusterName}-${name}`, props.instanceTags),
      lifecycle: { createBeforeDestroy: true },
    });
    this.launchTemplateId = this.resource.id;
    this.version = this.resource.getStringAttribute('latest_version');
    if (metadataHopLimit > 1) {
      acknowledge(this.resource, 'CKV_AWS_341', 'metadataHopLimit: pods of this group may reach the instance metadata');
    }
  }

  /** The provider's default tags do not reach what Auto Scaling launches. */
  private launchTags(Name: string, instanceTags: NodeLaunchTemplateProps['instanceTags']) {
    const tags = { ...awsContext(this).tags, Name };
    return [
      { resourceType: 'instance', tags: { ...tags, ...instanceTags } },
      { resourceType: 'volume', tags },
      { resourceType: 'network-interface', tags },
    ];
  }
}

function securityGroupsOf(cluster: ClusterRef): string[] {
  return [...new Set([...cluster.nodeSecurityGroupIds, cluster.loadBalancerTargetSecurityGroupId])];
}

/** Bottlerocket keeps its system on the first disk, as large as the image says, and everything else on the second. */
function disks({
  os,
  diskGib = DEFAULT_DISK_GIB,
  kmsKeyArn,
}: NodeLaunchTemplateProps): LaunchTemplateBlockDeviceMappings[] {
  const disk = (deviceName: string, volumeSize?: number) => ({
    deviceName,
    ebs: { volumeType: 'gp3', encrypted: 'true', deleteOnTermination: 'true', kmsKeyId: kmsKeyArn, volumeSize },
  });
  return os === 'bottlerocket' ? [disk('/dev/xvda'), disk('/dev/xvdb', diskGib)] : [disk('/dev/xvda', diskGib)];
}

import { LaunchTemplate, type LaunchTemplateBlockDeviceMappings } from '@cdktf/provider-aws/lib/launch-template';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { awsContext } from '../core/aws-context';
import { literalText } from '../core/literal-text';
import { physicalName } from '../core/naming';
import type { NodeSystem } from './bootstrap-settings';
import type { ClusterRef } from './cluster-ref';
import { DEFAULT_DISK_GIB, type NodeGroupProps } from './node-group-props';
import { base64OfTemplate } from './template-base64';

export interface NodeLaunchTemplateProps extends Pick<
  NodeGroupProps,
  'cluster' | 'name' | 'diskGib' | 'diskType' | 'diskIops' | 'diskThroughputMib' | 'kmsKeyArn' | 'metadataHopLimit'
> {
  readonly os: NodeSystem;
  /** @default none: EKS adds its own */
  readonly userData?: string;
  /** @default none: EKS selects the AMI by the group's `ami_type` */
  readonly imageId?: string;
  /** @default none: a managed node group sets the role, and rejects a template with an instance profile */
  readonly instanceProfileArn?: string;
  /**
   * Additional tags of the instances; a change creates a new version.
   * @default none
   */
  readonly instanceTags?: Readonly<Record<string, string>>;
}

/** Launch template of a node group. A new version replaces the nodes of all its groups. */
export class NodeLaunchTemplate extends Construct {
  readonly resource: LaunchTemplate;
  readonly launchTemplateId: string;
  /** The latest version by number: `$Latest` would hide changes from Terraform. */
  readonly version: string;

  constructor(scope: Construct, id: string, props: NodeLaunchTemplateProps) {
    super(scope, id);
    literalText(this);
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

  /** The provider's default tags are not applied to resources that Auto Scaling launches. */
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

/** Bottlerocket has its OS on the first volume, sized by the AMI, and everything else on the second. */
function disks({
  os,
  diskGib = DEFAULT_DISK_GIB,
  diskType = 'gp3',
  diskIops,
  diskThroughputMib,
  kmsKeyArn,
}: NodeLaunchTemplateProps): LaunchTemplateBlockDeviceMappings[] {
  const encryption = { encrypted: 'true', deleteOnTermination: 'true', kmsKeyId: kmsKeyArn };
  const data = (deviceName: string) => ({
    deviceName,
    ebs: {
      volumeType: diskType,
      ...encryption,
      volumeSize: diskGib,
      iops: diskIops,
      throughput: diskThroughputMib,
    },
  });
  return os === 'bottlerocket'
    ? [{ deviceName: '/dev/xvda', ebs: { volumeType: 'gp3', ...encryption } }, data('/dev/xvdb')]
    : [data('/dev/xvda')];
}

import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { Construct } from 'constructs';
import { installAddOns } from '../addons/add-on';
import { ClusterPlatform } from '../addons/cluster-platform';
import type { ClusterRef } from '../cluster/cluster-ref';
import { clusterConnection } from '../kubernetes/cluster-connection';
import { EnvironmentStack } from './environment-stack';
import type { EnvironmentProps } from './environment-props';
import { environmentRef } from './infrastructure-state';
import { environmentSettings } from './settings';

/**
 * What runs inside the cluster for all applications. A stack of its own: a Kubernetes provider cannot be configured from
 * a cluster that is made in the same apply.
 */
export class PlatformStack extends EnvironmentStack {
  readonly platform: ClusterPlatform;
  readonly kubernetes: KubernetesProvider;

  constructor(scope: Construct, id: string, props: EnvironmentProps) {
    super(scope, id, props);
    const { cluster, zone, nodeDrainingQueueUrl } = environmentRef(this, props);
    const { traffic, controlPlaneCidrs, nodePools } = environmentSettings(props);

    this.kubernetes = this.connect(cluster);
    this.platform = new ClusterPlatform(this, 'platform', {
      stack: 'platform',
      environment: props.name,
      cluster,
      zone,
      domain: props.domain,
      traffic,
      controlPlaneCidrs,
      nodePools,
      profile: props.profile,
      nodeDrainingQueueUrl,
      images: props.images,
    });
    installAddOns(this, { stack: 'platform', addOns: props.addOns ?? [], platform: this.platform });
  }

  private connect(cluster: ClusterRef): KubernetesProvider {
    const { exec, ...connection } = clusterConnection(cluster, this.aws.region);
    this.addOverride('terraform.required_providers.kubernetes.source', 'hashicorp/kubernetes');
    return new KubernetesProvider(this, 'kubernetes', { ...connection, exec: [exec] });
  }
}

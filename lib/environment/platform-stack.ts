import type { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { Construct } from 'constructs';
import { remoteState } from '../core/state-backend';
import { ClusterServices } from '../platform/cluster-services';
import { connectCluster } from '../platform/connect';
import { installPlatform, readAddOnOutputs } from '../platform/install';
import type { Platform } from '../platform/platform';
import { EnvironmentStack } from './environment-stack';
import type { EnvironmentProps } from './environment-props';
import { readEnvironment } from './infrastructure-outputs';

/**
 * Services inside the cluster for all applications. A separate stack: a Kubernetes provider cannot be configured from a
 * cluster that is created in the same apply.
 */
export class PlatformStack extends EnvironmentStack {
  readonly platform: Platform;
  readonly kubernetes: KubernetesProvider;

  constructor(scope: Construct, id: string, props: EnvironmentProps) {
    super(scope, id, props);
    const { facts } = this;
    const state = remoteState(this, 'infrastructure', facts.backend, `${facts.name}-infrastructure`);
    const { cluster, vpc, zone } = readEnvironment(state, facts);

    this.kubernetes = connectCluster(this, cluster);
    this.platform = new ClusterServices(this, 'platform', { facts, vpc, cluster, zone, readyForPods: [] }).platform;
    const addOns = this.props.addOns ?? [];
    const outputs = readAddOnOutputs(addOns, (output) => state.getString(output));
    installPlatform(this, addOns, this.platform, outputs);
  }
}

import { Fn } from 'cdktf';

/** What a provider needs to connect to a cluster: a `ClusterRef`, for example. */
export interface ConnectableCluster {
  readonly clusterName: string;
  /** @default the stack's */
  readonly region?: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
}

/** A provider's connection to a cluster. The token is fetched whenever the provider starts, so that none is stored in the state. */
export function clusterConnection(cluster: ConnectableCluster, stackRegion: string) {
  const { clusterName, region = stackRegion, endpoint, certificateAuthority } = cluster;
  return {
    host: endpoint,
    clusterCaCertificate: Fn.base64decode(certificateAuthority) as string,
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      command: 'aws',
      args: ['eks', 'get-token', '--cluster-name', clusterName, '--region', region],
    },
  };
}

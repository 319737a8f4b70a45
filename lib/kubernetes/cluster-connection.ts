import { Fn } from 'cdktf';

/** A cluster as a provider needs to know it; a `ClusterRef` fits. */
export interface ConnectableCluster {
  readonly clusterName: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
}

/** How a provider speaks to a cluster. The token is fetched whenever the provider starts, so that none stands in the state. */
export function clusterConnection({ clusterName, endpoint, certificateAuthority }: ConnectableCluster, region: string) {
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

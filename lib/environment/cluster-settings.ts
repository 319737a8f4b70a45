import { CLUSTER_PROPS, type ClusterProps } from '../cluster/cluster-props';
import { SERVICE_CIDR } from '../cluster/cluster';
import { object } from '../core/shape';

/** Settings of the control plane. */
export type ClusterSettings = Pick<
  ClusterProps,
  | 'logTypes'
  | 'logRetentionDays'
  | 'upgradePolicy'
  | 'secretsKmsKeyArn'
  | 'serviceCidr'
  | 'ipFamily'
  | 'oidcProvider'
  | 'openPorts'
  | 'zonalShift'
>;

const { shapes } = CLUSTER_PROPS;

export const CLUSTER_SETTINGS = object<ClusterSettings>({
  logTypes: shapes.logTypes,
  logRetentionDays: shapes.logRetentionDays,
  upgradePolicy: shapes.upgradePolicy,
  secretsKmsKeyArn: shapes.secretsKmsKeyArn,
  serviceCidr: shapes.serviceCidr,
  ipFamily: shapes.ipFamily,
  oidcProvider: shapes.oidcProvider,
  openPorts: shapes.openPorts,
  zonalShift: shapes.zonalShift,
});

/**
 * EKS chooses the IPv6 range of Services among the unique local addresses. Source: "Learn about IPv6 addresses to clusters,
 * Pods, and services", https://docs.aws.amazon.com/eks/latest/userguide/cni-ipv6.html
 */
const IPV6_SERVICES = 'fc00::/7';

/** The address range of Services, as far as it is known before the cluster exists. */
export function serviceCidr({ ipFamily, serviceCidr: own }: ClusterSettings = {}): string {
  return ipFamily === 'ipv6' ? IPV6_SERVICES : (own ?? SERVICE_CIDR);
}

import { SERVICE_CIDR } from '../cluster/cluster';
import type { ClusterProps } from '../cluster/cluster-props';
import { IP_FAMILY, LOG_TYPE, UPGRADE_POLICY } from '../cluster/cluster-props';
import { OPEN_PORT } from '../cluster/open-port';
import { bool, integer, list, object, optional, text } from '../core/shape';

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

export const CLUSTER_SETTINGS = object<ClusterSettings>({
  logTypes: optional(list(LOG_TYPE)),
  logRetentionDays: optional(integer),
  upgradePolicy: optional(UPGRADE_POLICY),
  secretsKmsKeyArn: optional(text()),
  serviceCidr: optional(text()),
  ipFamily: optional(IP_FAMILY),
  oidcProvider: optional(bool),
  openPorts: optional(list(OPEN_PORT)),
  zonalShift: optional(bool),
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

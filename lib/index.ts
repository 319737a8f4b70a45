// Public exports only. Each is loaded when it is first used.
export { clusterAutoscaler, type ClusterAutoscalerProps } from './addons/cluster-autoscaler/cluster-autoscaler';
export { dashboard, type DashboardProps, type DashboardLogin } from './addons/dashboard/dashboard';
export { descheduler, type DeschedulerProps } from './addons/descheduler/descheduler';
export { externalDns, type ExternalDnsProps, type DnsSource } from './addons/external-dns/external-dns';
export { weightedService, type DynamicConfiguration, type Definitions } from './addons/ingress/dynamic-configuration';
export { ingress, type IngressAddOnProps } from './addons/ingress/ingress';
export { type TraefikSettings } from './addons/ingress/traefik-arguments';
export { namespaces, type NamespaceSpec } from './addons/namespaces/namespaces';
export {
  nodeTerminationHandler,
  type NodeTerminationHandlerProps,
} from './addons/node-termination-handler/node-termination-handler';
export { type EfsDriver } from './addons/storage/efs-driver';
export { storage, type EfsStorage, type StorageProps } from './addons/storage/storage';
export { AccessEntry, NodeAccessEntry, type NodeAccessEntryProps } from './cluster/access';
export {
  type AccessEntryProps,
  type AccessPolicy,
  type AccessPolicyScope,
  type ClusterAccessEntry,
} from './cluster/access-props';
export { AutoScalingNodeGroup, type AutoScalingZoneGroup } from './cluster/auto-scaling-node-group';
export { type AutoScalingNodeGroupProps } from './cluster/auto-scaling-node-group-props';
export { type NodeSystem, type SystemReserved } from './cluster/bootstrap-settings';
export { Cluster } from './cluster/cluster';
export {
  type ClusterLogType,
  type ClusterProps,
  type ClusterSecurityGroupMode,
  type EndpointAccess,
  type IpFamily,
  type UpgradePolicy,
} from './cluster/cluster-props';
export { type ClusterRef, type VolumeAccess } from './cluster/cluster-ref';
export { type ClusterSecurityGroups, type ClusterSecurityGroupsProps } from './cluster/cluster-security-groups';
export { NodeDraining, type NodeDrainingProps } from './cluster/draining';
export { EksAddOn } from './cluster/eks-add-on';
export {
  type AdditionalEksAddOn,
  type EksAddOnConfiguration,
  type EksAddOnPodIdentity,
  type EksAddOnProps,
  type NetworkAddOnName,
  type NetworkAddOnSettings,
  type StandardAddOnName,
  type StandardAddOnsProps,
} from './cluster/eks-add-on-props';
export { type InstanceRefreshWaiter, type InstanceRefreshWaiterProps } from './cluster/instance-refresh-waiter';
export { type Architecture } from './cluster/instance-types';
export { type LogRotation } from './cluster/log-rotation';
export { ManagedNodeGroup, type ManagedZoneGroup } from './cluster/managed-node-group';
export { type ManagedNodeGroupProps } from './cluster/managed-node-group-props';
export { type MixedCapacity } from './cluster/mixed-capacity';
export { type NodeGroup, type ZoneGroup } from './cluster/node-group';
export { type DiskType } from './cluster/disk';
export { type Capacity, type NodeGroupProps, type Spread } from './cluster/node-group-props';
export { type Accelerator, type NodeImage } from './cluster/node-image';
export { type NodeLaunchTemplate, type NodeLaunchTemplateProps } from './cluster/node-launch-template';
export { NodeRole, type NodeRoleProps } from './cluster/node-role';
export { type OpenPort } from './cluster/open-port';
export {
  SessionManagerTunnel,
  type SessionManagerTunnelProps,
  type TunnelCluster,
} from './cluster/session-manager-tunnel';
export { type TunnelSettings } from './cluster/session-manager-tunnel-props';
export { StandardAddOns } from './cluster/standard-add-ons';
export { acknowledge, acknowledgements, type Acknowledgement, type Acknowledgements } from './core/acknowledge';
export { awsContext, provideAwsContext, type AwsContext, type AwsContextProps } from './core/aws-context';
export { AwsStack, type AwsStackProps } from './core/aws-stack';
export { check, checkAtSynth, ValidationError, type CodedProblem, type Problem } from './core/check';
export { dependsOn } from './core/depends-on';
export { formerly } from './core/formerly';
export { type IamSettings } from './core/iam-settings';
export { type LightResource } from './core/light-resource';
export { type AcknowledgedCode, type RuleCode, type ScannerCode } from './core/rules';
export { buildIfSelected, type StackName } from './core/selection';
export { type StateBackend } from './core/state-backend';
export { synthesize, type SynthesizeOptions } from './core/synthesize';
export { type CaaPolicy } from './dns/caa';
export { Certificate, type CertificateProps } from './dns/certificate';
export { type CertificateRef, type HostedZoneRef } from './dns/dns-ref';
export { type Dnssec, type DnssecProps } from './dns/dnssec';
export { HealthCheck, type HealthCheckProps } from './dns/health-check';
export {
  HostedZone,
  type HostedZoneProps,
  type PrivateHostedZoneProps,
  type PublicHostedZoneProps,
} from './dns/hosted-zone';
export {
  AliasRecords,
  type AliasRecordsProps,
  DnsRecord,
  type DnsRecordProps,
  type AliasTarget,
  type RecordType,
} from './dns/records';
export { type Routing } from './dns/routing';
export { AddOnsStack, type AddOnsStackProps } from './environment/add-ons-stack';
export { type EksAddOnSettings } from './environment/eks-add-ons';
export { Environment } from './environment/environment';
export { environmentFacts } from './environment/environment-facts';
export {
  type EnvironmentAccess,
  type EnvironmentProps,
  type LoadBalancerSettings,
} from './environment/environment-props';
export {
  environmentRef,
  type EnvironmentKey,
  type EnvironmentRef,
  type FullEnvironmentRef,
} from './environment/environment-ref';
export { type EnvironmentOutputs, type LoadBalancerRef } from './environment/infrastructure-outputs';
export { InfrastructureStack } from './environment/infrastructure-stack';
export {
  type NodeGroupSpec,
  type AutoScalingNodeGroupSpec,
  type ManagedNodeGroupSpec,
} from './environment/node-groups';
export { PlatformStack } from './environment/platform-stack';
export { EnvironmentProfile, type ProfileName } from './environment/profile';
export {
  addSharedStack,
  SharedStack,
  type CiRoleSpec,
  type PullThroughCacheSpec,
  type SharedProps,
} from './environment/shared-stack';
export { EncryptionKey, type EncryptionKeyProps } from './iam/encryption-key';
export { policyDocument, type Statement, type PrincipalKind } from './iam/policy-document';
export { type RoleProps } from './iam/role-with-policies';
export { ServiceRole, type ServiceRoleProps } from './iam/service-role';
export { WorkloadRole, type WorkloadRoleProps, type WorkloadCluster } from './iam/workload-role';
export { HorizontalPodAutoscaler, type HorizontalPodAutoscalerProps, type ScaleTarget } from './kubernetes/autoscaler';
export { type ConnectableCluster } from './kubernetes/cluster-connection';
export { ConfigFiles, type ConfigFilesProps } from './kubernetes/config-files';
export { type Controller } from './kubernetes/controllers/controllers';
export { type CronJobController } from './kubernetes/controllers/cron-job';
export { type DaemonSetController } from './kubernetes/controllers/daemon-set';
export { type DeploymentController } from './kubernetes/controllers/deployment';
export { type JobController } from './kubernetes/controllers/job';
export { type RunProps } from './kubernetes/controllers/job-spec';
export {
  type PodController,
  type PodControllerConfigs,
  type PodControllerType,
} from './kubernetes/controllers/pod-controller';
export { type ReplicaRange, type Replicas } from './kubernetes/controllers/replicas';
export { type RolloutProps } from './kubernetes/controllers/rollout';
export { type StatefulSetController } from './kubernetes/controllers/stateful-set';
export { type ImagePolicy } from './kubernetes/image-policy';
export { Ingress, type IngressProps, type IngressRoute } from './kubernetes/ingress';
export { Job, type JobProps } from './kubernetes/job';
export { type AppIdentity, type Labels } from './kubernetes/labels';
export { Namespace, type NamespaceProps, type PodSecurityLevel } from './kubernetes/namespace';
export { type NamespaceRef } from './kubernetes/namespace-ref';
export {
  NetworkPolicy,
  toDns,
  toHttpsAnywhere,
  toPodIdentity,
  type NetworkPolicyProps,
  type Peer,
  type PodSelection,
  type PolicyPort,
  type TrafficRule,
} from './kubernetes/network-policy';
export { type ContainerProps, type EnvValue, type Resources, type UdpPort } from './kubernetes/pod/container';
export { placeOn, type NodePool, type Placement } from './kubernetes/pod/placement';
export { type Probe, type ProbeTimes } from './kubernetes/pod/probe';
export { type PodPrivileges, type PodUser } from './kubernetes/pod/security';
export { type PodProps } from './kubernetes/pod/template';
export { type Mount, type Volume } from './kubernetes/pod/volume';
export { PriorityClass, type PriorityClassProps } from './kubernetes/priority-class';
export { type NonResourceRule, type ResourceRule, type Subject, type Verb } from './kubernetes/rbac';
export { PodService, type PodServiceProps, type ServicePort } from './kubernetes/service';
export { ServiceAccount, type ServiceAccountProps } from './kubernetes/service-account';
export { type Taint, type TaintEffect } from './kubernetes/taint';
export { provideTrafficPeers, type TrafficPeers } from './kubernetes/traffic-peers';
export { Workload, type WorkloadProps } from './kubernetes/workload';
export { AccessLogBucket, type AccessLogBucketProps } from './load-balancing/access-logs';
export { ApplicationLoadBalancer, type ApplicationLoadBalancerProps } from './load-balancing/application-load-balancer';
export type { ListenerCertificate } from './load-balancing/listener-certificate';
export { type ListenerRule, type RuleAction } from './load-balancing/listener-rule';
export {
  type LoadBalancerSecurityGroup,
  type LoadBalancerSecurityGroupProps,
} from './load-balancing/load-balancer-security-group';
export { loadBalancerCidrs, type LoadBalancerScheme } from './load-balancing/load-balancer-subnets';
export { type LoadBalancerLogs, type LogBucketRef, type LogRecords } from './load-balancing/log-bucket-ref';
export {
  type AutoScalingTarget,
  type TargetGroupOptions,
  type TargetGroup,
  type TargetGroupProps,
} from './load-balancing/target-group';
export {
  trafficContract,
  type AdditionalNodePorts,
  type TrafficContract,
  type TrafficContractProps,
} from './load-balancing/traffic-contract';
export { trafficProblems } from './load-balancing/traffic-problems';
export { WebAcl, type WebAclProps, type WebAclRef } from './load-balancing/web-acl';
export { type ManagedRuleGroup } from './load-balancing/web-acl-rules';
export { type Endpoints, type EndpointsProps } from './network/endpoints';
export { type FlowLogSettings, type FlowLogs, type FlowLogsProps } from './network/flow-logs';
export { type Nat, type NatGateways, type NatGatewaysProps } from './network/nat';
export { type RouteTarget, type VpcRoute } from './network/route-props';
export { type Routes, type RoutesProps } from './network/routes';
export { type PlannedSubnet, type Tier } from './network/subnet-plan';
export {
  type Addressing,
  type IntraTier,
  type PodTier,
  type PodTierProps,
  type PrivateTier,
  type PrivateTierProps,
  type PublicTier,
} from './network/subnet-tiers';
export { Vpc } from './network/vpc';
export { type VpcProps } from './network/vpc-props';
export { type SubnetRef, type VpcRef } from './network/vpc-ref';
export { type VpcSubnet, type VpcSubnetProps } from './network/vpc-subnet';
export { type AddOn, type AddOnOutputs, type AddOnWithOutputs, type AnyAddOn } from './platform/add-on';
export { toApiServer } from './platform/api-server';
export { connectCluster } from './platform/connect';
export {
  FACTS_VERSION,
  type EnvironmentFacts,
  type NetworkFacts,
  type ProfileFacts,
  type SubnetFacts,
} from './platform/facts';
export { type EnvironmentResources, type Infrastructure } from './platform/infrastructure';
export { type Platform, type PlatformServices } from './platform/platform';
export { type PriorityClassName } from './platform/priority-classes';
export { type FactsData } from './platform/read-facts';
export { type EksAddOnName, type RequestedSettings } from './platform/requested-settings';
export { CiRole, type CiRoleProps } from './registry/ci-role';
export { gitHubActions, gitLab, type CiSubject } from './registry/ci-subject';
export { ImageRepository, type ImageRepositoryProps } from './registry/image-repository';
export { type ImageRepositoryRef } from './registry/image-repository-ref';
export {
  expireAfterDays,
  expireRestAfterDays,
  expireUntaggedAfterDays,
  keepAll,
  keepLast,
  type LifecycleIntent,
  type LifecycleRule,
  type LifecycleSelection,
} from './registry/lifecycle';
export {
  GITHUB_ACTIONS,
  GITLAB,
  OidcProvider,
  type OidcIssuer,
  type OidcProviderProps,
  type OidcProviderRef,
} from './registry/oidc-provider';
export { PullThroughCache, type PullThroughCacheProps, type Upstream } from './registry/pull-through';
export { RegistryPolicy, type RegistryPolicyProps } from './registry/registry-policy';
export { RegistrySettings, type RegistrySettingsProps } from './registry/registry-settings';
export { KUBERNETES_VERSIONS, type KubernetesVersion } from './versions';

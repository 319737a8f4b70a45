// Public exports only. Each is loaded when it is first used.
export { clusterAutoscaler, type ClusterAutoscalerProps } from './addons/cluster-autoscaler/cluster-autoscaler';
export { dashboard, type DashboardProps } from './addons/dashboard/dashboard';
export { descheduler, type DeschedulerProps } from './addons/descheduler/descheduler';
export { externalDns, type ExternalDnsProps } from './addons/external-dns/external-dns';
export { weightedService, type DynamicConfiguration } from './addons/ingress/dynamic-configuration';
export { ingress, type IngressAddOnProps } from './addons/ingress/ingress';
export { namespaces, type NamespaceSpec } from './addons/namespaces/namespaces';
export {
  nodeTerminationHandler,
  type NodeTerminationHandlerProps,
} from './addons/node-termination-handler/node-termination-handler';
export { type EfsDriver } from './addons/storage/efs-driver';
export { storage, type EfsStorage, type StorageProps } from './addons/storage/storage';
export { AccessEntry, type AccessEntryProps, NodeAccessEntry, type ClusterAccessEntry } from './cluster/access';
export { AutoScalingNodeGroup, type AutoScalingNodeGroupProps } from './cluster/auto-scaling-node-group';
export { Cluster, type ClusterProps } from './cluster/cluster';
export { type ClusterRef } from './cluster/cluster-ref';
export { NodeDraining, type NodeDrainingProps } from './cluster/draining';
export { EksAddOn, type EksAddOnProps } from './cluster/eks-add-on';
export { ManagedNodeGroup, type ManagedNodeGroupProps } from './cluster/managed-node-group';
export { type NodeGroup } from './cluster/node-group';
export { NodeRole } from './cluster/node-role';
export { StandardAddOns, type StandardAddOnsProps } from './cluster/standard-add-ons';
export { acknowledge, acknowledgements, type Acknowledgement, type Acknowledgements } from './core/acknowledge';
export { awsContext, provideAwsContext, type AwsContext, type AwsContextProps } from './core/aws-context';
export { AwsStack, type AwsStackProps } from './core/aws-stack';
export { check, checkAtSynth, ValidationError, type CodedProblem, type Problem } from './core/check';
export { dependsOn } from './core/depends-on';
export { type AcknowledgedCode, type RuleCode, type ScannerCode } from './core/rules';
export { buildIfSelected, type StackName } from './core/selection';
export { type StateBackend } from './core/state-backend';
export { synthesize, type SynthesizeOptions } from './core/synthesize';
export { Certificate, type CertificateProps } from './dns/certificate';
export { type CertificateRef, type HostedZoneRef } from './dns/dns-ref';
export { HealthCheck, type HealthCheckProps } from './dns/health-check';
export { HostedZone, type HostedZoneProps } from './dns/hosted-zone';
export { AliasRecords, type AliasRecordsProps, DnsRecord, type DnsRecordProps } from './dns/records';
export { AddOnsStack, type AddOnsStackProps } from './environment/add-ons-stack';
export { type EksAddOnSettings } from './environment/eks-add-ons';
export { Environment } from './environment/environment';
export {
  type EnvironmentAccess,
  type EnvironmentProps,
  type LoadBalancerSettings,
} from './environment/environment-props';
export { InfrastructureStack } from './environment/infrastructure-stack';
export { environmentFacts } from './environment/environment-facts';
export {
  environmentRef,
  type EnvironmentKey,
  type EnvironmentRef,
  type FullEnvironmentRef,
} from './environment/environment-ref';
export { type EnvironmentOutputs, type LoadBalancerRef } from './environment/infrastructure-outputs';
export { type NodeGroupSpec } from './environment/node-groups';
export { PlatformStack } from './environment/platform-stack';
export { EnvironmentProfile, type ProfileName } from './environment/profile';
export { addSharedStack, SharedStack, type CiRoleSpec, type SharedProps } from './environment/shared-stack';
export { EncryptionKey, type EncryptionKeyProps } from './iam/encryption-key';
export { policyDocument, type Statement } from './iam/policy-document';
export { ServiceRole, type ServiceRoleProps } from './iam/service-role';
export { WorkloadRole, type WorkloadRoleProps } from './iam/workload-role';
export { HorizontalPodAutoscaler, type HorizontalPodAutoscalerProps, type ScaleTarget } from './kubernetes/autoscaler';
export { ConfigFiles, type ConfigFilesProps } from './kubernetes/config-files';
export { type Controller } from './kubernetes/controllers/controllers';
export { type CronJobController } from './kubernetes/controllers/cron-job';
export { type DaemonSetController } from './kubernetes/controllers/daemon-set';
export { type DeploymentController } from './kubernetes/controllers/deployment';
export { type JobController } from './kubernetes/controllers/job';
export { type RunProps } from './kubernetes/controllers/job-spec';
export { type PodController } from './kubernetes/controllers/pod-controller';
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
export { type NonResourceRule, type ResourceRule, type Subject, type Verb } from './kubernetes/rbac';
export { PodService, type PodServiceProps, type ServicePort } from './kubernetes/service';
export { ServiceAccount, type ServiceAccountProps } from './kubernetes/service-account';
export { type Taint, type TaintEffect } from './kubernetes/taint';
export { provideTrafficPeers, type TrafficPeers } from './kubernetes/traffic-peers';
export { Workload, type WorkloadProps } from './kubernetes/workload';
export { AccessLogBucket, type AccessLogBucketProps } from './load-balancing/access-logs';
export { ApplicationLoadBalancer, type ApplicationLoadBalancerProps } from './load-balancing/application-load-balancer';
export { type ListenerRule, type RuleAction } from './load-balancing/listener-rule';
export { loadBalancerCidrs, type LoadBalancerScheme } from './load-balancing/load-balancer-subnets';
export { type LoadBalancerLogs, type LogBucketRef } from './load-balancing/log-bucket-ref';
export { type AutoScalingTarget, type TargetGroupOptions } from './load-balancing/target-group';
export { trafficContract, type TrafficContract, type TrafficContractProps } from './load-balancing/traffic-contract';
export { trafficProblems } from './load-balancing/traffic-problems';
export { WebAcl, type WebAclProps, type WebAclRef } from './load-balancing/web-acl';
export { type ManagedRuleGroup } from './load-balancing/web-acl-rules';
export { type FlowLogSettings } from './network/flow-logs';
export { type Nat } from './network/nat';
export { Vpc } from './network/vpc';
export { type VpcProps } from './network/vpc-props';
export { type SubnetRef, type VpcRef } from './network/vpc-ref';
export { type AddOn, type OutputsOf } from './platform/add-on';
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
export { gitHubActions, gitLab, type CiSubject } from './registry/ci-subject';
export { ImageRepository, type ImageRepositoryProps } from './registry/image-repository';
export {
  expireAfterDays,
  expireRestAfterDays,
  expireUntaggedAfterDays,
  keepAll,
  keepLast,
  type LifecycleIntent,
  type LifecycleRule,
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
export { type ImageRepositoryRef } from './registry/image-repository-ref';
export { RegistrySettings, type RegistrySettingsProps } from './registry/registry-settings';
export { CiRole, type CiRoleProps } from './registry/ci-role';
export { KUBERNETES_VERSIONS, type KubernetesVersion } from './versions';

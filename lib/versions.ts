/**
 * All versions that this library pins. To update the EKS add-ons, per Kubernetes minor version and add-on:
 * `aws eks describe-addon-versions --kubernetes-version 1.35 --addon-name coredns`, and use the default version.
 */

/**
 * EKS add-ons by the cluster's Kubernetes minor version.
 * Sources: output of that command, as recorded in public configurations and upgrade logs, with the month of each.
 */
export const EKS_ADD_ON_VERSIONS = {
  '1.34': {
    'vpc-cni': 'v1.22.4-eksbuild.3', // default for 1.34, 2026-09
    'kube-proxy': 'v1.34.6-eksbuild.29', // default for 1.34, 2026-09
    'eks-pod-identity-agent': 'v1.3.10-eksbuild.3', // qualified on 1.34, 2026-07
    coredns: 'v1.12.4-eksbuild.38', // default for 1.34, 2026-09
    'metrics-server': 'v0.9.0-eksbuild.11', // default for 1.34, 2026-09
    'aws-ebs-csi-driver': 'v1.66.0-eksbuild.1', // default for 1.34, 2026-09
    'eks-node-monitoring-agent': 'v1.4.2-eksbuild.1', // ministryofjustice/modernisation-platform-environments, on 1.34
  },
  '1.35': {
    'vpc-cni': 'v1.22.4-eksbuild.3', // default for 1.35, 2026-08
    'kube-proxy': 'v1.35.3-eksbuild.29', // upgrade log, 1.35, 2026-09
    'eks-pod-identity-agent': 'v1.3.10-eksbuild.3', // latest for 1.35, 2026-05
    coredns: 'v1.13.2-eksbuild.31', // upgrade log, 1.35, 2026-09
    'metrics-server': 'v0.9.0-eksbuild.11', // active on 1.35, 2026-09
    'aws-ebs-csi-driver': 'v1.66.0-eksbuild.1', // upgrade log, 1.35, 2026-09
    'eks-node-monitoring-agent': 'v1.7.0-eksbuild.1', // devopscoop/project1-dev, on 1.35, 2026-08
  },
  '1.36': {
    'vpc-cni': 'v1.22.4-eksbuild.3', // in use on 1.36, 2026-09
    'kube-proxy': 'v1.36.0-eksbuild.25', // latest for 1.36, 2026-09
    'eks-pod-identity-agent': 'v1.3.10-eksbuild.3', // in use on 1.36, 2026-09
    coredns: 'v1.14.3-eksbuild.23', // upgrade log, 1.36, 2026-09
    'metrics-server': 'v0.9.0-eksbuild.11', // latest for 1.36, 2026-09
    'aws-ebs-csi-driver': 'v1.66.0-eksbuild.1', // observed on 1.36, 2026-09
    'eks-node-monitoring-agent': 'v1.7.2-eksbuild.1', // in use on 1.36, 2026-09
  },
} as const;

/** Supported Kubernetes minor versions. */
export type KubernetesVersion = keyof typeof EKS_ADD_ON_VERSIONS;

export const KUBERNETES_VERSIONS = Object.keys(EKS_ADD_ON_VERSIONS) as readonly KubernetesVersion[];

/** An EKS add-on with a pinned version. */
export type PinnedAddOnName = keyof (typeof EKS_ADD_ON_VERSIONS)[KubernetesVersion];

/** The pinned version of an add-on; undefined if the add-on or the Kubernetes minor version is not pinned here. */
export function pinnedAddOnVersion(kubernetesVersion: string, addOn: string): string | undefined {
  const byMinor: Readonly<Record<string, Readonly<Record<string, string>>>> = EKS_ADD_ON_VERSIONS;
  return byMinor[kubernetesVersion]?.[addOn];
}

/**
 * Container images by the name that add-ons use. Digests are of the multi-architecture image index.
 * To update one: read the project's changelog, then `docker buildx imagetools inspect IMAGE:TAG`.
 */
export const IMAGES = {
  // Release of 2026-04-06; the digest as recorded in public repositories that pin it.
  externalDns:
    'registry.k8s.io/external-dns/external-dns:v0.21.0@sha256:f53faaf71cb270d1ca9dce6ea0c94bfebf1a18696263487f0fbc74b9bf2bd7ff',
  // Release of 2026-09-04; the digest as recorded in public repositories that pin it.
  traefik: 'docker.io/library/traefik:v3.7.13@sha256:24841fe2de7304c149343d877d2923b4c8800a38ba015dea9174c23b20e344a0',
  // Release of 2025-11-10; no digest found in public repositories.
  nodeTerminationHandler: 'public.ecr.aws/aws-ec2/aws-node-termination-handler:v1.25.3',
  // Release of 2026-05-19; no digest found in public repositories.
  descheduler: 'registry.k8s.io/descheduler/descheduler:v0.36.0',
  // The digest as recorded in public repositories that pin it.
  headlamp:
    'ghcr.io/headlamp-k8s/headlamp:v0.45.0@sha256:db3f0e0fc58d358d41daa3fe7fc852437552c7ee873c3645470f7b86a8e0db49',
} as const;

/**
 * The Cluster Autoscaler simulates the scheduler of its own minor version: one image per Kubernetes minor version.
 * Source: promotion of 1.34.5, 1.35.2 and 1.36.1 with their digests, https://github.com/kubernetes/k8s.io/pull/9760,
 * 2026-07.
 */
export const CLUSTER_AUTOSCALER_IMAGES: Readonly<Record<KubernetesVersion, string>> = {
  '1.34':
    'registry.k8s.io/autoscaling/cluster-autoscaler:v1.34.5@sha256:5c3a56440ffc76eac79e7d7e840153c1fbe7b6e02d415e76a45ba2e0ef99a266',
  '1.35':
    'registry.k8s.io/autoscaling/cluster-autoscaler:v1.35.2@sha256:aac369dc283927a623deb1af54696efcc722ae79255aa07788422e495bab887d',
  '1.36':
    'registry.k8s.io/autoscaling/cluster-autoscaler:v1.36.1@sha256:461388d03eb5b55db58941ee7a81d9a619dd15302b01cbab9f5a9946715994b4',
};

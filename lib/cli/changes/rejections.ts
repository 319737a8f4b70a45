import type { StackPlan } from '../../offline';
import type { Rejection } from './finding';
import { exists, isGone, PlannedResources, type PlannedResource } from './planned-resources';
import { protectionOf } from './protection';
import { successorInPlace } from './slots';
import { textAt, textsAt, valuesAt } from './values-at';

type Reject = (
  resource: PlannedResource,
  resources: PlannedResources,
) => Pick<Rejection, 'reason' | 'steps'> | undefined;

/** What AWS or Kubernetes rejects, or accepts without effect, by type. */
const REJECTED: readonly { readonly families?: readonly string[]; readonly reject: Reject }[] = [
  { reject: protectedResource },
  { reject: secondAddress },
  { families: ['aws_vpc'], reject: networkInUse },
  { families: ['aws_eks_cluster'], reject: clusterVersion },
  { families: ['aws_eks_node_group'], reject: nodeGroupVersion },
  { families: ['kubernetes_stateful_set'], reject: claimTemplate },
  { families: ['kubernetes_storage_class'], reject: reclaimPolicy },
];

/** The planned changes that an apply cannot make. */
export function rejectedBy(stacks: readonly StackPlan[]): readonly Rejection[] {
  const resources = new PlannedResources(stacks);
  return REJECTED.flatMap(({ families, reject }) => {
    const candidates = families ? resources.of(...families) : resources.all;
    return candidates.filter(exists).flatMap((resource): Rejection[] => {
      const rejected = reject(resource, resources);
      const { stack, path, address, type } = resource;
      return rejected ? [{ stack, path, address, type, ...rejected }] : [];
    });
  });
}

function protectedResource(resource: PlannedResource) {
  const protection = protectionOf(resource.type, resource.before);
  if (protection === undefined || (resource.action !== 'destroy' && resource.action !== 'replace')) return undefined;
  return {
    reason: `${resource.action === 'destroy' ? 'deleted' : 'replaced'} while its ${protection} is on: AWS rejects it, after what depends on it is deleted`,
    steps: [`turn ${protection} off in an apply of its own`, 'then make this change'],
  };
}

/** Terraform does not order the deletion at one address and the creation at another. */
function secondAddress(resource: PlannedResource, resources: PlannedResources) {
  const successor = successorInPlace(resource, resources);
  if (!successor) return undefined;
  return {
    reason: `deleted while ${successor.path} creates the same one, in no order: the second is rejected as a duplicate, or the deletion takes the new one`,
    steps: [
      successor.type === resource.type
        ? `keep it in the state: moved { from = ${resource.address}, to = ${successor.address} } (in an environment: formerly)`
        : `forget it at the old address (removed, with destroy = false), and import it as ${successor.address}`,
    ],
  };
}

/** AWS does not delete a VPC while anything is in it. */
function networkInUse(resource: PlannedResource, resources: PlannedResources) {
  if (!isGone(resource) && resource.action !== 'replace') return undefined;
  const id = textAt(resource.before, 'id');
  const subnets = new Set(
    resources
      .existing('aws_subnet')
      .flatMap(({ before }) => (textAt(before, 'vpc_id') === id ? [textAt(before, 'id')] : [])),
  );
  const user = resources
    .existing('aws_lb', 'aws_eks_cluster')
    .filter(({ action }) => action !== 'destroy')
    .find(({ before }) =>
      [...textsAt(before, 'subnets'), ...textsAt(before, 'vpc_config.subnet_ids')].some((subnet) =>
        subnets.has(subnet),
      ),
    );
  if (!user) return undefined;
  return {
    reason: `replaced while ${user.path} is in it: AWS rejects it, after what can be deleted is gone`,
    steps: ['create another network (another environment), and move to it', 'delete this one'],
  };
}

/**
 * EKS upgrades a control plane by one minor version at a time.
 * Source: "Update existing cluster to new Kubernetes version", https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html
 */
function clusterVersion({ before, after, action }: PlannedResource) {
  if (action !== 'change') return undefined;
  const [from, to] = [minor(textAt(before, 'version')), minor(textAt(after, 'version'))];
  if (from === undefined || to === undefined || to === from || to === from + 1) return undefined;
  const change = `Kubernetes ${textAt(before, 'version')} to ${textAt(after, 'version')}`;
  if (to < from) {
    return {
      reason: `${change}: an apply does not downgrade a control plane`,
      steps: [
        `keep ${textAt(before, 'version')}`,
        'within seven days of an upgrade, EKS can roll it back, outside Terraform: https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html',
      ],
    };
  }
  const steps = Array.from({ length: to - from }, (_, index) => `apply 1.${from + index + 1}, control plane and nodes`);
  return { reason: `${change}: EKS upgrades one minor version at a time`, steps };
}

/** A kubelet must not be newer than the API server. */
function nodeGroupVersion(resource: PlannedResource, resources: PlannedResources) {
  const version = textAt(resource.after, 'version');
  const name = textAt(resource.before, 'cluster_name');
  const cluster = resources.existing('aws_eks_cluster').find(({ before }) => textAt(before, 'name') === name);
  const [nodes, controlPlane] = [minor(version), minor(textAt(cluster?.after, 'version'))];
  if (isGone(resource) || resource.action === 'keep' || nodes === undefined || controlPlane === undefined)
    return undefined;
  if (nodes <= controlPlane) return undefined;
  return {
    reason: `Kubernetes ${version} is newer than the cluster's ${textAt(cluster!.after, 'version')}`,
    steps: [`upgrade ${cluster!.path} to ${version} first`, 'then the nodes'],
  };
}

/**
 * The provider plans the change in place and makes none, as Kubernetes allows none.
 * Source: https://github.com/hashicorp/terraform-provider-kubernetes/issues/2049
 */
function claimTemplate({ before, after, action }: PlannedResource) {
  if (action !== 'change' && action !== 'replace') return undefined;
  const sizes = (set: unknown) =>
    new Map(
      valuesAt(set, 'spec.volume_claim_template').map((template) => [
        textAt(template, 'metadata.name'),
        textAt(template, 'spec.resources.requests.storage'),
      ]),
    );
  const wanted = sizes(after);
  const changed = [...sizes(before)].filter(([name, size]) => wanted.has(name) && wanted.get(name) !== size);
  const [first] = changed;
  if (!first) return undefined;
  const [namespace, set] = [textAt(before, 'metadata.namespace') || 'default', textAt(before, 'metadata.name')];
  const replicas = Number(textAt(before, 'spec.replicas') || '1');
  const claims = changed.map(([name, size]) => `${name}: ${size} to ${wanted.get(name)}`).join(', ');
  return {
    reason: `claim template ${claims}: the claims of a StatefulSet keep their size, whatever is applied`,
    steps: [
      ...changed.map(
        ([name]) =>
          `for each of its ${replicas} pods: kubectl -n ${namespace} patch pvc ${name}-${set}-0 -p '{"spec":{"resources":{"requests":{"storage":"${wanted.get(name)}"}}}}' (a volume only grows, and only if its class allows it)`,
      ),
      `kubectl -n ${namespace} delete statefulset ${set} --cascade=orphan, which keeps pods and claims`,
      'apply: the set is created again, with the new template, and takes over its pods',
    ],
  };
}

/** The provider sends only the labels and `allow_volume_expansion` of a class. */
function reclaimPolicy({ before, after, action }: PlannedResource) {
  const [was, becomes] = [textAt(before, 'reclaim_policy'), textAt(after, 'reclaim_policy')];
  if (action !== 'change' || was === becomes || becomes === '') return undefined;
  return {
    reason: `reclaim_policy ${was} to ${becomes}: the class in the cluster keeps its policy, and every plan shows the change again`,
    steps: ['replace the class under its name: terraform apply -replace=ADDRESS, or replace_triggered_by'],
  };
}

function minor(version: string): number | undefined {
  const found = /^1\.(\d+)/.exec(version)?.[1];
  return found === undefined ? undefined : Number(found);
}

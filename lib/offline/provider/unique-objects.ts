import { accessEntryRole, objectKind, uniquenessOf } from '../facts/unique';
import { isList, isObject, type ObjectValue, type Value } from '../wire/values';
import type { ProviderContext } from './provider-context';
import { ServiceError } from './service-error';

const ACCESS_ENTRY = 'aws_eks_access_entry';
/** In place of an id: no resource owns the object. */
const KEPT_BY_SERVICE = '';

/** What identifies an object, and its description for messages. */
interface Identity {
  readonly key: string;
  readonly description: string;
}

/** The objects that exist at one time in the accounts and clusters of a run, by what no two of them may share. */
export class UniqueObjects {
  private existing = new Map<string, string>();

  /** @throws ServiceError if another object has the identity that a create or an update would give to this one */
  check(provider: string, type: string, prior: ObjectValue | null, planned: ObjectValue, context: ProviderContext) {
    const identity = identityOf(provider, type, planned, context);
    const owner = identity && this.existing.get(identity.key);
    if (!identity || owner === undefined) return;
    if (prior && identityOf(provider, type, prior, context)?.key === identity.key) return;
    if (owner === KEPT_BY_SERVICE) {
      throw new ServiceError(
        `${identity.description} already exists`,
        'EKS created it for the role of a managed node group or a Fargate profile, and keeps it when that is deleted: ' +
          'use another role, or import the access entry.',
      );
    }
    throw new ServiceError(
      `${identity.description} already exists`,
      'Another resource of this run has created it, and has not yet deleted it. Terraform orders a create after the ' +
        'delete of another resource only if it depends on it: rename in place with a moved block, use another name, ' +
        'or delete the other one in an earlier apply.',
    );
  }

  /** Notes what exists; the returned function goes back to it. */
  save(): () => void {
    const saved = new Map(this.existing);
    return () => (this.existing = new Map(saved));
  }

  /** Notes the outcome of an operation; null for what does not exist. */
  change(
    provider: string,
    type: string,
    prior: ObjectValue | null,
    after: ObjectValue | null,
    context: ProviderContext,
  ): void {
    const before = prior && identityOf(provider, type, prior, context);
    const owner = prior?.['id'];
    if (before && this.existing.get(before.key) === owner) this.existing.delete(before.key);
    const identity = after && identityOf(provider, type, after, context);
    if (identity) this.existing.set(identity.key, String(after['id']));
    if (provider === 'aws') this.accessEntries(type, prior, after, context);
  }

  /** EKS creates an access entry for the role of nodes, and deletes it with the cluster only. */
  private accessEntries(
    type: string,
    prior: ObjectValue | null,
    after: ObjectValue | null,
    context: ProviderContext,
  ): void {
    const role = accessEntryRole(type);
    if (role !== undefined && after) {
      const entry = { ...after, principal_arn: after[role] ?? null };
      const created = awsIdentity(ACCESS_ENTRY, entry, context);
      if (created && !this.existing.has(created.key)) this.existing.set(created.key, KEPT_BY_SERVICE);
    }
    if (type !== 'aws_eks_cluster' || !prior || after) return;
    const ofCluster = awsIdentity(
      ACCESS_ENTRY,
      { ...prior, cluster_name: prior['name']!, principal_arn: '*' },
      context,
    );
    const prefix = ofCluster?.key.slice(0, -1);
    for (const key of this.existing.keys()) {
      if (prefix !== undefined && key.startsWith(prefix)) this.existing.delete(key);
    }
  }
}

/** What no other object may share with an object; undefined if nothing, or if it is not known. */
export function identityOf(
  provider: string,
  type: string,
  object: ObjectValue,
  context: ProviderContext,
): Identity | undefined {
  if (provider === 'aws') return awsIdentity(type, object, context);
  return provider === 'kubernetes' ? kubernetesIdentity(type, object, context) : undefined;
}

function awsIdentity(type: string, object: ObjectValue, context: ProviderContext): Identity | undefined {
  const uniqueness = uniquenessOf(type);
  if (!uniqueness) return undefined;
  const values = uniqueness.attributes.map((name) => text(object[name]));
  if (values.includes(undefined)) return undefined;
  const place = uniqueness.isGlobal ? '' : (text(object['region']) ?? context.region);
  return {
    key: [context.accountKey, place, uniqueness.noun, ...values].join('\n'),
    description: `The ${uniqueness.noun} ${values.join(', ')}`,
  };
}

function kubernetesIdentity(type: string, object: ObjectValue, { cluster }: ProviderContext): Identity | undefined {
  const kind = objectKind(type);
  const metadata = isList(object['metadata']) ? object['metadata'][0] : object['metadata'];
  if (kind === undefined || cluster === undefined || !isObject(metadata ?? null)) return undefined;
  const { name, namespace } = metadata as ObjectValue;
  const named = text(name);
  if (named === undefined) return undefined;
  // Also for kinds without a namespace, whose name alone is unique.
  const path = [text(namespace), named].filter(Boolean).join('/');
  return {
    key: [cluster, kind, path].join('\n'),
    description: `The object ${kind.replace(/^kubernetes_/, '')} ${path}`,
  };
}

/** A known value as text. Values that are unknown or not set identify nothing. */
function text(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' ? String(value) : undefined;
}

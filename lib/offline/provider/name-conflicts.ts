import type { ResourcePlan } from '../results';
import type { Diagnostic } from '../terraform/diagnostics';
import type { TerraformJson } from '../terraform-json';
import { addressesOf, mentions } from '../workspace/read-outputs';
import type { ObjectValue } from '../wire/values';
import { providerContext } from './provider-context';
import { identityOf } from './unique-objects';

/** One account and cluster: conflicts within one stack. */
const CONTEXT = providerContext({ host: 'cluster' });

/**
 * Resources that a plan creates under a name that another one has until it is deleted. Terraform orders neither before
 * the other, so that an apply succeeds or fails by chance; here it always fails.
 */
export function nameConflicts(resources: readonly ResourcePlan[], json: TerraformJson): readonly Diagnostic[] {
  const managed = resources.filter(({ mode, type }) => mode === 'managed' && hasOnePlace(providerOf(type), json));
  const deleted = new Map(
    managed
      .filter(({ actions }) => actions.join() === 'delete')
      .flatMap((one) => identities(one, one.before).map(({ key }) => [key, one] as const)),
  );
  if (deleted.size === 0) return [];
  const replaced = managed.filter(({ actions }) => actions.length > 1).map(({ address }) => plain(address));
  return managed
    .filter(({ actions }) => actions.join() === 'create')
    .flatMap((created) =>
      identities(created, created.after).flatMap(({ key, description }) => {
        const other = deleted.get(key);
        // A dependency that is replaced waits for the deletion of what depended on it.
        if (!other || dependsOnAny(plain(created.address), replaced, json)) return [];
        return [conflict(created, other, description)];
      }),
    );
}

function providerOf(type: string): string {
  return type.split('_')[0]!;
}

/** Whether all configurations of a provider have the same account and cluster: a plan does not tell which one is used. */
function hasOnePlace(provider: string, json: TerraformJson): boolean {
  const blocks = [
    (json.provider?.[provider] ?? []) as ObjectValue | readonly ObjectValue[],
  ].flat() as readonly ObjectValue[];
  const places = blocks.map((block) => {
    const { accountKey, cluster } = providerContext(block);
    return `${accountKey} ${cluster}`;
  });
  return new Set(places).size <= 1;
}

function identities({ type }: ResourcePlan, values: unknown) {
  const identity = identityOf(providerOf(type), type, (values ?? {}) as ObjectValue, CONTEXT);
  return identity ? [identity] : [];
}

function conflict({ address, path }: ResourcePlan, other: ResourcePlan, description: string): Diagnostic {
  return {
    severity: 'error',
    summary: `${description} already exists: ${other.path ?? other.address} has it until it is deleted`,
    detail:
      'Terraform does not wait for the deletion, so that this apply may fail. Rename it in place with a moved block, use ' +
      'another name, or delete the other one in an earlier apply.',
    addresses: [address],
    paths: path === undefined ? [] : [path],
  };
}

/** Whether a resource depends on one of several, directly or transitively. */
function dependsOnAny(address: string, others: readonly string[], json: TerraformJson): boolean {
  if (others.length === 0) return false;
  const known = [...addressesOf(json)];
  const seen = new Set<string>();
  const open = [address];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [type = '', id = ''] = next.replace(/^data\./, '').split('.');
    const text = JSON.stringify((next.startsWith('data.') ? json.data : json.resource)?.[type]?.[id] ?? {});
    for (const one of known) {
      if (seen.has(one) || one === next || !mentions(text, one)) continue;
      if (others.includes(one)) return true;
      seen.add(one);
      open.push(one);
    }
  }
  return false;
}

function plain(address: string): string {
  return address.replace(/\[[^\]]*\]/g, '');
}

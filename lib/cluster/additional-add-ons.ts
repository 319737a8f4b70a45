import type { Problem } from '../core/check';
import { STANDARD_ADD_ONS, type AdditionalEksAddOn } from './eks-add-on-props';

type Additional = Readonly<Record<string, AdditionalEksAddOn>>;

/** The props that configure EKS add-ons, for messages: those of a construct, or of an environment's data. */
export interface AddOnProps {
  readonly additional: string;
  /** Of those that the cluster installs, before there are nodes. */
  readonly cluster: string;
  readonly standard: string;
}

const OF_CLUSTER: ReadonlySet<string> = new Set(['vpc-cni', 'kube-proxy', 'eks-pod-identity-agent']);
const STANDARD: ReadonlySet<string> = new Set(STANDARD_ADD_ONS);

/** @param installed the standard add-ons that are installed */
export function additionalAddOnProblems(
  additional: Additional,
  installed: readonly string[],
  props: AddOnProps,
): readonly Problem[] {
  const known = [...installed, ...Object.keys(additional)];
  return Object.entries(additional).flatMap(([name, { after = [] }]) => {
    const path = `${props.additional}.${name}.after`;
    const others = known.filter((one) => one !== name);
    const cycle = cycleOf(name, additional);
    return [
      (OF_CLUSTER.has(name) || STANDARD.has(name)) &&
        `${props.additional} has '${name}', which is a standard add-on: configure it in ${OF_CLUSTER.has(name) ? props.cluster : props.standard}`,
      ...after
        .filter((other) => !known.includes(other))
        .map(
          (other) =>
            `${path} has '${other}', which is not installed here: ${others.length > 0 ? `use one of ${others.join(', ')}, or ` : ''}remove it`,
        ),
      cycle && `${path} leads back to '${name}' (${cycle.join(' -> ')}): remove one of the steps`,
    ];
  });
}

/** Names after those that they come after; otherwise sorted. */
export function additionalAddOnsInOrder(additional: Additional): readonly string[] {
  const ordered = new Set<string>();
  const add = (name: string): void => {
    for (const other of additional[name]?.after ?? []) add(other);
    if (Object.hasOwn(additional, name)) ordered.add(name);
  };
  for (const name of Object.keys(additional).sort()) add(name);
  return [...ordered];
}

/** The way from an add-on back to itself. */
function cycleOf(name: string, additional: Additional): readonly string[] | undefined {
  const seen = new Set<string>();
  const search = (path: readonly string[]): readonly string[] | undefined => {
    for (const other of additional[path.at(-1)!]?.after ?? []) {
      if (other === name) return [...path, name];
      if (seen.has(other)) continue;
      seen.add(other);
      const found = search([...path, other]);
      if (found) return found;
    }
    return undefined;
  };
  return search([name]);
}

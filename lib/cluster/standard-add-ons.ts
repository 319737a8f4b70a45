import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { check, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { EksAddOn } from './eks-add-on';
import {
  STANDARD_ADD_ONS,
  STANDARD_ADD_ONS_PROPS,
  type AdditionalEksAddOn,
  type StandardAddOnName,
  type StandardAddOnsProps,
} from './eks-add-on-props';

/** DNS, metrics, volumes and node health: what a cluster needs besides nodes. And further EKS add-ons. */
export class StandardAddOns extends Construct {
  readonly addOns: Readonly<Partial<Record<StandardAddOnName, EksAddOn>>>;
  /** Further ones, by name. */
  readonly additional: ReadonlyMap<string, EksAddOn>;
  /** Dependencies for resources that need all of them. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: StandardAddOnsProps) {
    super(scope, id);
    checkProps(this, props, STANDARD_ADD_ONS_PROPS);
    const { cluster, after, settings = {}, additional = {} } = props;
    const standard = STANDARD_ADD_ONS.flatMap((name) => {
      const own = settings[name] ?? {};
      return own === 'none' ? [] : [[name, new EksAddOn(this, name, { ...own, cluster, after })] as const];
    });
    this.addOns = Object.fromEntries(standard);
    check(this, ...orderProblems(additional, Object.keys(this.addOns)));
    this.additional = this.addAdditional(props, additional);
    this.ready = [...standard.map(([, addOn]) => addOn), ...this.additional.values()].map(({ ready }) => ready);
  }

  private addAdditional(
    { cluster, after }: StandardAddOnsProps,
    additional: Readonly<Record<string, AdditionalEksAddOn>>,
  ): ReadonlyMap<string, EksAddOn> {
    const built = new Map<string, EksAddOn>();
    const standard = new Map<string, EksAddOn>(Object.entries(this.addOns));
    for (const name of inOrder(additional)) {
      const { after: others = [], ...settings } = additional[name]!;
      const earlier = others.map((other) => (standard.get(other) ?? built.get(other))!.ready);
      built.set(name, new EksAddOn(this, name, { ...settings, cluster, after: [...after, ...earlier] }));
    }
    return built;
  }
}

/** Names before those that come after them; otherwise sorted. */
function inOrder(additional: Readonly<Record<string, AdditionalEksAddOn>>): readonly string[] {
  const ordered = new Set<string>();
  const add = (name: string): void => {
    for (const other of additional[name]?.after ?? []) add(other);
    if (Object.hasOwn(additional, name)) ordered.add(name);
  };
  for (const name of Object.keys(additional).sort()) add(name);
  return [...ordered];
}

/** Add-ons that the cluster itself installs, before there are nodes. */
const OF_CLUSTER: ReadonlySet<string> = new Set(['vpc-cni', 'kube-proxy', 'eks-pod-identity-agent']);

function orderProblems(
  additional: Readonly<Record<string, AdditionalEksAddOn>>,
  standard: readonly string[],
): readonly Problem[] {
  const known = [...standard, ...Object.keys(additional)];
  return Object.entries(additional).flatMap(([name, { after = [] }]) => [
    OF_CLUSTER.has(name) && `additional has '${name}', which the cluster installs: configure it there, in addOns`,
    (STANDARD_ADD_ONS as readonly string[]).includes(name) &&
      `additional has '${name}', which is a standard add-on: configure it in settings`,
    ...after
      .filter((other) => !known.includes(other))
      .map(
        (other) =>
          `additional.${name}.after has '${other}', which is not installed here: use one of ${known.filter((one) => one !== name).join(', ')}`,
      ),
    comesBefore(name, name, additional) && `additional.${name}.after leads back to '${name}': remove one of the steps`,
  ]);
}

function comesBefore(
  earlier: string,
  name: string,
  additional: Readonly<Record<string, AdditionalEksAddOn>>,
  seen = new Set<string>(),
): boolean {
  return (additional[name]?.after ?? []).some((other) => {
    if (other === earlier) return true;
    if (seen.has(other)) return false;
    seen.add(other);
    return comesBefore(earlier, other, additional, seen);
  });
}

import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import { additionalAddOnProblems, additionalAddOnsInOrder } from './additional-add-ons';
import { EksAddOn } from './eks-add-on';
import {
  STANDARD_ADD_ONS,
  STANDARD_ADD_ONS_PROPS,
  type AdditionalEksAddOn,
  type StandardAddOnName,
  type StandardAddOnsProps,
} from './eks-add-on-props';

const NAMES = { additional: 'additional', cluster: 'addOns of the cluster', standard: 'settings' } as const;

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
    check(this, ...additionalAddOnProblems(additional, Object.keys(this.addOns), NAMES));
    this.additional = this.addAdditional(props, additional);
    this.ready = [...standard.map(([, addOn]) => addOn), ...this.additional.values()].map(({ ready }) => ready);
  }

  private addAdditional(
    { cluster, after }: StandardAddOnsProps,
    additional: Readonly<Record<string, AdditionalEksAddOn>>,
  ): ReadonlyMap<string, EksAddOn> {
    const built = new Map<string, EksAddOn>();
    const standard = new Map<string, EksAddOn>(Object.entries(this.addOns));
    for (const name of additionalAddOnsInOrder(additional)) {
      const { after: others = [], ...settings } = additional[name]!;
      const earlier = others.map((other) => (standard.get(other) ?? built.get(other))!.ready);
      built.set(name, new EksAddOn(this, name, { ...settings, cluster, after: [...after, ...earlier] }));
    }
    return built;
  }
}

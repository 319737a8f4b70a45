import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { EksAddOn } from './eks-add-on';
import { STANDARD_ADD_ONS, type StandardAddOnName, type StandardAddOnsProps } from './eks-add-on-props';

export { STANDARD_ADD_ONS, type StandardAddOnName, type StandardAddOnsProps };

/** DNS, metrics, volumes and node health: what a cluster needs besides nodes. */
export class StandardAddOns extends Construct {
  readonly addOns: Readonly<Partial<Record<StandardAddOnName, EksAddOn>>>;
  /** Dependencies for resources that need all of them. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { cluster, after, settings = {} }: StandardAddOnsProps) {
    super(scope, id);
    const addOns = STANDARD_ADD_ONS.flatMap((name) => {
      const own = settings[name] ?? {};
      return own === 'none' ? [] : [[name, new EksAddOn(this, name, { ...own, cluster, after })] as const];
    });
    this.addOns = Object.fromEntries(addOns);
    this.ready = addOns.map(([, addOn]) => addOn.ready);
  }
}

import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { check, prefixProblems } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { additionalAddOnProblems } from './additional-add-ons';
import { EksAddOn } from './eks-add-on';
import {
  STANDARD_ADD_ONS,
  type EksAddOnConfiguration,
  type StandardAddOnName,
  type StandardAddOnsProps,
} from './eks-add-on-props';

export { STANDARD_ADD_ONS, type StandardAddOnName, type StandardAddOnsProps };

/** DNS, metrics, volumes and node health: what a cluster needs besides nodes. */
export class StandardAddOns extends Construct {
  readonly addOns: Readonly<Partial<Record<StandardAddOnName, EksAddOn>>>;
  /** By name. */
  readonly additional: ReadonlyMap<string, EksAddOn>;
  /** Dependencies for resources that need all of them. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: StandardAddOnsProps) {
    super(scope, id);
    const { cluster, after, settings = {}, additional = {} } = props;
    const standard = STANDARD_ADD_ONS.filter((name) => settings[name] !== 'none');
    check(this, ...prefixProblems('additional: ', additionalAddOnProblems(additional, standard)));

    const addOns = standard.map(
      (name) => [name, new EksAddOn(this, name, { ...own(settings[name]), cluster, after })] as const,
    );
    this.addOns = Object.fromEntries(addOns);
    this.additional = new Map(
      Object.entries(additional).map(([name, { after: _earlier, ...addOn }]) => [
        name,
        new EksAddOn(this, name, { ...addOn, cluster, after }),
      ]),
    );
    this.ready = [...addOns.map(([, addOn]) => addOn), ...this.additional.values()].map(({ ready }) => ready);
    for (const [name, { after: earlier = [] }] of Object.entries(additional)) this.order(name, earlier);
  }

  private order(name: string, earlier: readonly string[]): void {
    const all = new Map<string, EksAddOn>([...Object.entries(this.addOns), ...this.additional]);
    dependsOn(all.get(name)!, ...earlier.map((one) => all.get(one)!.ready));
  }
}

function own(settings: EksAddOnConfiguration | 'none' = {}): EksAddOnConfiguration {
  return settings === 'none' ? {} : settings;
}

import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ClusterRef } from './cluster-ref';
import { EksAddOn, type EksAddOnConfiguration } from './eks-add-on';

/** Add-ons of every cluster that need nodes. */
export const STANDARD_ADD_ONS = [
  'coredns',
  'metrics-server',
  'aws-ebs-csi-driver',
  'eks-node-monitoring-agent',
] as const;

export type StandardAddOnName = (typeof STANDARD_ADD_ONS)[number];

export interface StandardAddOnsProps {
  readonly cluster: ClusterRef;
  /** The node groups; `[]` if the cluster already has nodes. */
  readonly after: readonly ITerraformDependable[];
  /**
   * Version and configuration by add-on; `none` omits one.
   * @default all four with their defaults
   */
  readonly settings?: Readonly<Partial<Record<StandardAddOnName, EksAddOnConfiguration | 'none'>>>;
}

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

import type { Problem } from '../core/check';
import { didYouMean } from '../core/suggestions';
import { NETWORK_ADD_ONS, STANDARD_ADD_ONS, type AdditionalEksAddOn } from './eks-add-on-props';

/** Configured in their own place. */
const OF_EVERY_CLUSTER: ReadonlySet<string> = new Set([...NETWORK_ADD_ONS, ...STANDARD_ADD_ONS]);
const NAME = /^[a-z0-9]+([-_][a-z0-9]+)*$/;

type AdditionalAddOns = Readonly<Record<string, AdditionalEksAddOn>>;

/** @param installed the standard add-ons of the cluster */
export function additionalAddOnProblems(addOns: AdditionalAddOns, installed: readonly string[]): readonly Problem[] {
  const names = Object.keys(addOns);
  const known = [...names, ...installed];
  return [
    ...names.flatMap((name) => [
      OF_EVERY_CLUSTER.has(name) &&
        `'${name}' is an add-on of every cluster: configure it with the others, in eksAddOns of an environment`,
      !NAME.test(name) && `'${name}' is not the name of an EKS add-on: use one of aws eks describe-addon-versions`,
    ]),
    ...names.flatMap((name) =>
      (addOns[name]!.after ?? [])
        .filter((earlier) => !known.includes(earlier))
        .map(
          (earlier) =>
            `'${name}' is after '${earlier}', which is not installed${didYouMean(earlier, known) || ': remove it, or add that add-on'}`,
        ),
    ),
    ...names
      .filter((name) => isAfter(name, name, addOns))
      .slice(0, 1)
      .map((name) => `'${name}' is after itself, directly or by others: remove one of their after`),
  ];
}

function isAfter(name: string, earlier: string, addOns: AdditionalAddOns, seen: readonly string[] = []): boolean {
  return (addOns[name]?.after ?? []).some(
    (one) => one === earlier || (!seen.includes(one) && isAfter(one, earlier, addOns, [...seen, one])),
  );
}

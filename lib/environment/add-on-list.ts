import { checkedBy } from '../core/shape';
import type { AddOn } from '../platform/add-on';
import { addOnFormProblems } from '../platform/add-on-form';

/** The shape of `addOns`. */
export const ADD_ONS = checkedBy<readonly AddOn[]>('a list of add-ons', (given, path) =>
  given === undefined ? [`${path} is required, such as [ingress()]`] : addOnFormProblems(given).map(String),
);

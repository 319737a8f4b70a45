import type { Problem } from '../core/check';
import { formatValue } from '../core/format';
import { didYouMean } from '../core/suggestions';
import type { AddOn, AnyAddOn } from './add-on';
import { settingsFormProblems } from './requested-settings';
import { isRecord } from '../core/record';

const PROPS: { readonly [P in keyof Required<AnyAddOn>]: true } = {
  name: true,
  requires: true,
  settings: true,
  infrastructureId: true,
  outputs: true,
  infrastructure: true,
  platform: true,
};
/** Of the interface before add-ons had two halves. */
const FORMER_PROPS = new Set(['install', 'stack']);
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Problems of each add-on by itself, for data that is not type-checked. Other checks require a valid form. */
export function addOnFormProblems(addOns: unknown): readonly Problem[] {
  if (!Array.isArray(addOns)) return [`addOns must be a list, got ${formatValue(addOns)}`];
  return addOns.flatMap((addOn: unknown) =>
    isRecord(addOn)
      ? formProblems(addOn as unknown as AddOn)
      : [`addOns has ${formatValue(addOn)}, which is not an add-on: call its function, such as ingress()`],
  );
}

function formProblems(addOn: AddOn): readonly Problem[] {
  const { name, infrastructureId = name, requires = [], outputs = {}, settings } = addOn;
  if (!isName(name)) {
    return [`addOns has an add-on named ${formatValue(name)}: use lowercase words joined by '-', such as log-shipper`];
  }
  return [
    ...unknownProps(addOn),
    !isName(infrastructureId) &&
      `infrastructureId must be lowercase words joined by '-', got ${formatValue(infrastructureId)}`,
    !(Array.isArray(requires) && requires.every((one) => typeof one === 'string')) &&
      `requires must be a list of names, got ${formatValue(requires)}`,
    !(isRecord(outputs) && Object.values(outputs).every((output) => typeof output === 'string')) &&
      `outputs must be an object of names, got ${formatValue(outputs)}`,
    ...(['infrastructure', 'platform'] as const).map(
      (half) =>
        addOn[half] !== undefined &&
        typeof addOn[half] !== 'function' &&
        `${half} must be a function, got ${formatValue(addOn[half])}`,
    ),
    ...settingsFormProblems(settings),
  ].flatMap((problem) => (problem ? [`add-on '${name}': ${problem as string}`] : []));
}

/** Instances of a class may have data of their own. */
function unknownProps(addOn: AddOn): readonly Problem[] {
  const known = Object.keys(PROPS);
  const isInstance = Object.getPrototypeOf(addOn) !== Object.prototype;
  return Object.entries(addOn)
    .filter(([prop, given]) => given !== undefined && !known.includes(prop) && !FORMER_PROPS.has(prop))
    .map(([prop]) => {
      const hint = didYouMean(prop, known);
      if (hint !== '') return `unknown property '${prop}'${hint}`;
      return !isInstance && `unknown property '${prop}': remove it, or use a class for an add-on with data of its own`;
    });
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && NAME.test(value);
}

import type { Problem } from '../core/check';
const FACTORS: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** Reads what Kubernetes calls a quantity: `200m` is 0.2, `128Mi` is 134217728; undefined for anything else. */
export function parseQuantity(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(text) ?? [];
  const factor = FACTORS[unit ?? ''];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}

/** Says what is wrong with a quantity that the user gave. */
export function quantityProblem(prop: string, text: string, example: string): Problem {
  return parseQuantity(text) === undefined && `${prop} '${text}' is no quantity: write it like ${example}`;
}

/**
 * The form in which the API server gives a quantity back: `1000m` is `1`, `1024Mi` is `1Gi`. Where the provider compares
 * texts, any other form would be a change in every plan. Source: "Quantity", Kubernetes API reference.
 */
export function canonicalQuantity(text: string): string {
  const amount = parseQuantity(text);
  if (amount === undefined) return text;
  if (amount === 0) return '0';
  const units = text.endsWith('i') ? ['Ti', 'Gi', 'Mi', 'Ki', ''] : ['T', 'G', 'M', 'k', '', 'm'];
  // In thousandths, where decimal fractions are whole numbers.
  const thousandths = Math.round(amount * 1000);
  const unit = units.find((one) => thousandths % thousandthsOf(one) === 0);
  return unit === undefined ? text : `${thousandths / thousandthsOf(unit)}${unit}`;
}

function thousandthsOf(unit: string): number {
  return Math.round(FACTORS[unit]! * 1000);
}

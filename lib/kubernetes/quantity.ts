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

/** Parses a quantity: `200m` is 0.2, `128Mi` is 134217728. Undefined for what is not valid. */
export function parseQuantity(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(text) ?? [];
  const factor = FACTORS[unit ?? ''];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}

/** The problem of a quantity, if any. */
export function quantityProblem(prop: string, text: string, example: string): Problem {
  return parseQuantity(text) === undefined && `${prop} '${text}' is not a valid quantity: write it like ${example}`;
}

/**
 * The form in which the API server returns a quantity: `1000m` is `1`, `1024Mi` is `1Gi`. Where the provider compares text,
 * every plan would show any other form as a change. Source: "Quantity",
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function canonicalQuantity(text: string): string {
  const amount = parseQuantity(text);
  if (amount === undefined) return text;
  if (amount === 0) return '0';
  const units = text.endsWith('i') ? ['Ti', 'Gi', 'Mi', 'Ki', ''] : ['T', 'G', 'M', 'k', '', 'm'];
  // In thousandths, so that decimal fractions are whole numbers.
  const thousandths = Math.round(amount * 1000);
  const unit = units.find((one) => thousandths % thousandthsOf(one) === 0);
  return unit === undefined ? text : `${thousandths / thousandthsOf(unit)}${unit}`;
}

function thousandthsOf(unit: string): number {
  return Math.round(FACTORS[unit]! * 1000);
}

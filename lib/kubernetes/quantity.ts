import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { value, type Shape } from '../core/shape';

const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
const FORM = /^\+?(\d+\.?\d*|\.\d+)(?:([eE][+-]?\d+)|([a-zA-Z]*))$/;

/** Parses a quantity: `200m` is 0.2, `128Mi` is 134217728. Undefined for what is not valid. */
export function parseQuantity(text: string): number | undefined {
  const [, number, exponent, unit = ''] = FORM.exec(text) ?? [];
  if (number === undefined) return undefined;
  if (exponent !== undefined) return Number(`${number}${exponent}`);
  return Object.hasOwn(FACTORS, unit) ? Number(number) * FACTORS[unit]! : undefined;
}

/** @param example such as `200m or 2` */
export const quantity = (example: string): Shape<string> =>
  value(`a quantity, such as ${example}`, (given) => typeof given === 'string' && parseQuantity(given) !== undefined);

/** The problem of a quantity, if any. */
export function quantityProblem(prop: string, text: string, example: string): Problem {
  return (
    !Token.isUnresolved(text) &&
    parseQuantity(text) === undefined &&
    `${prop} '${text}' is not a valid quantity: write it like ${example}`
  );
}

/** Less is a number without its unit. */
const FEW_BYTES = 2 ** 20;

/** The problem of a quantity of memory or storage, if any. */
export function bytesProblem(prop: string, text: string, example: string): Problem {
  const bytes = Token.isUnresolved(text) ? undefined : parseQuantity(text);
  const isUnitMissing = bytes !== undefined && bytes > 0 && bytes < FEW_BYTES && /\d$/.test(text) && !/e/i.test(text);
  return (
    quantityProblem(prop, text, example) ||
    (bytes !== undefined &&
      !Number.isInteger(bytes) &&
      `${prop} '${text}' is a fraction of a byte: write it like ${example}`) ||
    (isUnitMissing && `${prop} '${text}' is ${bytes} bytes: add the unit, such as ${example}`)
  );
}

/** The problem of a limit or a size: Kubernetes takes a limit of zero for none. */
export function sizeProblem(prop: string, text: string, example: string): Problem {
  return (
    bytesProblem(prop, text, example) ||
    (!Token.isUnresolved(text) && parseQuantity(text) === 0 && `${prop} '${text}' is nothing: write it like ${example}`)
  );
}

/** Of memory: a processor has fewer cores. */
const UNIT_OF_BYTES = /(?:[KMGTPE]i|[MGTPE])$/;

/** The problem of a quantity of CPU, if any. */
export function cpuProblem(prop: string, text: string): Problem {
  return (
    quantityProblem(prop, text, '200m') ||
    (!Token.isUnresolved(text) &&
      UNIT_OF_BYTES.test(text) &&
      `${prop} '${text}' has a unit of memory: write cores, such as 200m or 2`)
  );
}

/** Of a thousandth: numbers are binary. */
const EPSILON = 1e-3;

/**
 * The form in which the API server returns a quantity: `1000m` is `1`, `1024Mi` is `1Gi`. Where the provider compares text,
 * every plan would show any other form as a change. Source: "Quantity",
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function canonicalQuantity(text: string): string {
  const amount = parseQuantity(text);
  if (amount === undefined) return text;
  if (amount === 0) return '0';
  // Of an exponent, the API server keeps the form.
  if (/[eE][+-]?\d/.test(text)) return text;
  const units = text.endsWith('i') ? ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki', ''] : ['E', 'P', 'T', 'G', 'M', 'k', '', 'm'];
  // In thousandths, so that decimal fractions are whole numbers.
  const thousandths = Math.round(amount * 1000);
  const unit = units.find((one) => thousandths % thousandthsOf(one) === 0);
  // A part of a thousandth.
  if (unit === undefined || thousandths === 0 || Math.abs(amount * 1000 - thousandths) > EPSILON) return text;
  return `${thousandths / thousandthsOf(unit)}${unit}`;
}

function thousandthsOf(unit: string): number {
  return Math.round(FACTORS[unit]! * 1000);
}

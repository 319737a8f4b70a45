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
export function quantityProblem(prop: string, text: string, example: string): string | false {
  return parseQuantity(text) === undefined && `${prop} '${text}' is no quantity: write it like ${example}`;
}

import { parseArgs } from 'node:util';
import { didYouMean } from '../core/suggestions';
import { UsageError, type Options } from './command';

type Values<T extends Options> = {
  readonly [K in keyof T]?: T[K] extends { type: 'string' } ? string : boolean;
};

export interface Parsed<T extends Options> {
  readonly values: Values<T>;
  readonly names: readonly string[];
}

/**
 * Reads a command's options and names.
 * @throws UsageError that names the invalid option
 */
export function parse<const T extends Options>(args: readonly string[], options: T): Parsed<T> {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { rawName, value } = token;
    const option = options[token.name];
    if (!option) throw new UsageError(`unknown option '${rawName}'${didYouMean(rawName, flags(options))}`);
    if (option.type === 'boolean' && value !== undefined) throw new UsageError(`${rawName} takes no value`);
    if (
      option.type === 'string' &&
      (value === undefined || value === '' || (!token.inlineValue && /^-./.test(value)))
    ) {
      throw new UsageError(`${rawName} needs a value`);
    }
  }
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  return { values: values as Values<T>, names: positionals };
}

function flags(options: Options): readonly string[] {
  return Object.keys(options).map((name) => `--${name}`);
}

/** @throws UsageError if both are given */
export function mutuallyExclusive<T>(values: T, one: keyof T & string, other: keyof T & string): void {
  if (values[one] !== undefined && values[other] !== undefined) {
    throw new UsageError(`--${one} and --${other} exclude each other`);
  }
}

/** @throws UsageError if the value is not one of the choices */
export function oneOf<const T extends string>(option: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new UsageError(`--${option} must be ${choices.join(' or ')}, got '${value}'`);
  return found;
}

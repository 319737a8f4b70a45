import type { SynthesizedStack } from '../synthesized-stack';

const ADDRESS = /\b(?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z][\w-]*/g;
const INTERPOLATION = /\$\{((?:[^{}"]|"(?:[^"\\]|\\.)*"|\{[^{}]*\})*)\}/g;
const WHOLE = /^\$\{([^{}]*)\}$/;
/** An asset that cdktf copies: its folder's name is a hash of the content. */
const ASSET = /\bassets\/([^/]+)\/[0-9A-F]{32}\b/g;

/** Makes a stack's values readable for reviewers: construct paths instead of addresses, policies as objects. */
export class ReadableValues {
  private readonly paths: ReadonlyMap<string, string>;

  /** @param syntheticIds synthetic ids of the mock providers, by value, with the text to write instead */
  constructor(
    { resources }: SynthesizedStack,
    private readonly syntheticIds: ReadonlyMap<string, string> = new Map(),
  ) {
    this.paths = new Map(resources.map(({ address, path }) => [address, path]));
  }

  /** A configured value, with references written as `${network/vpc.id}`. */
  configured(value: unknown): unknown {
    if (typeof value === 'string') return this.text(this.withPaths(value));
    if (Array.isArray(value)) return value.map((item) => this.configured(item));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) => (key === '//' ? [] : [[key, this.configured(item)]])),
    );
  }

  /** A value that is known in the plan. */
  known(value: unknown): unknown {
    if (typeof value === 'string') return this.text(this.withoutSyntheticIds(value));
    if (Array.isArray(value)) return value.map((item) => this.known(item));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.known(item)]));
  }

  /** The text for a value known after apply: its source, if it is a single reference. */
  unknown(expression: string): unknown {
    const whole = WHOLE.exec(this.withPaths(expression));
    if (whole) return `(known after apply: ${whole[1]})`;
    const configured = this.configured(expression);
    return typeof configured === 'string' ? `${configured} (known after apply)` : configured;
  }

  /** Replaces addresses in interpolations by construct paths. */
  private withPaths(text: string): string {
    return text.replace(INTERPOLATION, (interpolation) =>
      interpolation.replace(ADDRESS, (address) => this.paths.get(address) ?? address),
    );
  }

  private withoutSyntheticIds(text: string): string {
    let result = text;
    for (const [value, name] of this.syntheticIds) if (result.includes(value)) result = result.replaceAll(value, name);
    return result;
  }

  private text(text: string): unknown {
    const path = this.paths.get(text);
    if (path !== undefined) return path;
    const local = text.replaceAll(process.cwd(), '(here)').replace(ASSET, 'assets/$1/(hash)');
    if (!/^\s*[[{]/.test(local)) return local;
    try {
      return JSON.parse(local) as unknown;
    } catch {
      return local;
    }
  }
}

import type { SynthesizedStack } from '../synthesized-stack';

const ADDRESS = /\b(?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z][\w-]*/g;
const INTERPOLATION = /\$\{((?:[^{}"]|"(?:[^"\\]|\\.)*"|\{[^{}]*\})*)\}/g;
const WHOLE = /^\$\{([^{}]*)\}$/;
/** What cdktf copies in beside a stack: the folder carries a hash of the content. */
const ASSET = /\bassets\/([^/]+)\/[0-9A-F]{32}\b/g;

/** Writes a stack's values as a reviewer reads them: construct paths for addresses, policies as objects. */
export class ReadableValues {
  private readonly paths: ReadonlyMap<string, string>;

  /** @param syntheticIds what the providers' stand-ins made up, by value, and what to write for it */
  constructor(
    { resources }: SynthesizedStack,
    private readonly syntheticIds: ReadonlyMap<string, string> = new Map(),
  ) {
    this.paths = new Map(resources.map(({ address, path }) => [address, path]));
  }

  /** A value of the configuration: what it refers to stands as `${network/vpc.id}`. */
  configured(value: unknown): unknown {
    if (typeof value === 'string') return this.text(this.withPaths(value));
    if (Array.isArray(value)) return value.map((item) => this.configured(item));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) => (key === '//' ? [] : [[key, this.configured(item)]])),
    );
  }

  /** A value that Terraform has worked out. */
  known(value: unknown): unknown {
    if (typeof value === 'string') return this.text(this.withoutSyntheticIds(value));
    if (Array.isArray(value)) return value.map((item) => this.known(item));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.known(item)]));
  }

  /** What stands for a value that is known after apply: where it comes from, if one reference says it. */
  unknown(expression: string): unknown {
    const whole = WHOLE.exec(this.withPaths(expression));
    if (whole) return `(known after apply: ${whole[1]})`;
    const configured = this.configured(expression);
    return typeof configured === 'string' ? `${configured} (known after apply)` : configured;
  }

  /** Address of a resource or path below its stack. */
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

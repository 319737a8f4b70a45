import { readFileSync } from 'node:fs';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly config: JsonObject;
}

/** A reference to an attribute of a resource of the same stack. */
const REFERENCE = /(?<!\$)\$\{([a-z0-9_]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_.[\]"]+)\}/g;
const STEP = /[A-Za-z0-9_]+|\[\d+\]/g;

/** A `cdk.tf.json` as it was synthesized. References to what the same stack says are replaced by it. */
export class SynthesizedStack {
  constructor(private readonly json: JsonObject) {}

  static read(file: string): SynthesizedStack {
    return new SynthesizedStack(JSON.parse(readFileSync(file, 'utf8')) as JsonObject);
  }

  get types(): readonly string[] {
    return Object.keys(asObject(this.json['resource'] ?? {}));
  }

  resources(type: string): readonly Resource[] {
    const ofType = asObject(asObject(this.json['resource'] ?? {})[type] ?? {});
    return Object.entries(ofType).map(([name, config]) => ({
      type,
      name,
      config: asObject(this.resolve(withoutMeta(asObject(config)))),
    }));
  }

  only(type: string): Resource {
    const [resource, ...more] = this.resources(type);
    if (!resource || more.length > 0)
      throw new Error(`the stack has ${more.length + (resource ? 1 : 0)} ${type}, not one`);
    return resource;
  }

  private resolve(value: Json): Json {
    if (typeof value === 'string') return this.resolveText(value);
    if (isList(value)) return value.map((one) => this.resolve(one));
    if (isObject(value)) return mapValues(value, (one) => this.resolve(one));
    return value;
  }

  private resolveText(text: string): Json {
    const whole = [...text.matchAll(REFERENCE)];
    if (whole.length === 1 && whole[0]![0] === text) return this.lookUp(whole[0]!) ?? text;
    return text
      .replace(REFERENCE, (found, ...groups) => {
        const value = this.lookUp([found, ...(groups.slice(0, 3) as string[])]);
        return value === undefined ? found : String(value);
      })
      .replaceAll('$${', '${')
      .replaceAll('%%{', '%{');
  }

  private lookUp([, type = '', name = '', path = '']: readonly string[]): Json | undefined {
    let value: Json | undefined = asObject(asObject(this.json['resource'] ?? {})[type] ?? {})[name];
    for (const [step] of path.matchAll(STEP)) {
      if (step.startsWith('[')) value = isList(value) ? value[Number(step.slice(1, -1))] : value;
      else value = isObject(value) ? value[step] : undefined;
    }
    return value === undefined ? undefined : this.resolve(value);
  }
}

/** What is only known after apply. */
export function unresolved(value: Json): string | undefined {
  if (typeof value === 'string') return /(?<!\$)\$\{[a-z][a-z0-9_]*[.([]/.test(value) ? value : undefined;
  if (isList(value)) return value.map(unresolved).find((one) => one !== undefined);
  return isObject(value)
    ? Object.values(value)
        .map(unresolved)
        .find((one) => one !== undefined)
    : undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** A block may be written as a list of one. */
export function asObject(value: Json): JsonObject {
  const one = isList(value) && value.length === 1 ? value[0] : value;
  if (!isObject(one)) throw new Error(`expected an object, got ${JSON.stringify(value)}`);
  return one;
}

export function mapValues(object: JsonObject, to: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, to(value, key)]));
}

const META = new Set(['//', 'depends_on', 'lifecycle', 'provider', 'timeouts']);

function withoutMeta(config: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(config).filter(([key]) => !META.has(key)));
}

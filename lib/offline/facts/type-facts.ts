import type { ObjectValue, Value } from '../wire/values';

/** What a recipe may ask of the object whose values are being invented. */
export interface RecipeContext {
  /** An attribute at the top, computed if need be. */
  get(name: string): Value;
  /** An attribute at the top as text, empty where it has none. */
  text(name: string): string;
  /** Text below the top, in the first block on each way down: `metadata.name`. */
  textAt(path: string): string;
  /** Hexadecimal digits that belong to this object; another label gives others. */
  hex(length: number, label?: string): string;
  /**
   * Fills a template: `{name}` is an attribute or a fact of the provider; `{hex:17}`, `{capitals:14}` and `{uuid}` are
   * invented; `{hex:17:label}` differs from `{hex:17}`.
   */
  fill(template: string): string;
}

/** A computed value: a template such as `vpc-{hex:17}`, a plain value, or a function of the object that it is part of. */
export type Recipe = string | number | boolean | readonly unknown[] | ((self: RecipeContext) => Value);

/**
 * What no schema tells about a type. Paths are the names from the resource down, joined by dots, without indexes.
 * Source: the provider's documentation of the type ("Forces new resource", default values).
 */
export interface TypeFacts {
  /** A change of these replaces the resource. */
  readonly forceNew?: readonly string[];
  /** What the provider plans for an optional argument that is not set. */
  readonly defaults?: Readonly<Record<string, string | number | boolean>>;
  /** Optional blocks that the provider fills where they are not set. */
  readonly computedBlocks?: readonly string[];
  /** Computed attributes that are unknown again whenever anything else changes. */
  readonly computedOnChange?: readonly string[];
  readonly sensitive?: readonly string[];
  /** Computed attributes that the provider knows in part while planning a creation. */
  readonly planned?: Readonly<Record<string, (planned: ObjectValue) => Value>>;
  /** Well-formed values of computed attributes, by path. */
  readonly values?: Readonly<Record<string, Recipe>>;
}

export type FactTable = Readonly<Record<string, TypeFacts>>;

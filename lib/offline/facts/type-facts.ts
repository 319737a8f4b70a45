import type { ObjectValue, Value } from '../wire/values';

/** A recipe's view of the object whose values are computed. */
export interface RecipeContext {
  /** A top-level attribute, computed if necessary. */
  get(name: string): Value;
  /** A top-level attribute as text; empty if it has no value. */
  text(name: string): string;
  /** Text at a path, in the first block at each level: `metadata.name`. */
  textAt(path: string): string;
  /** Hexadecimal digits derived from this object and the label. */
  hex(length: number, label?: string): string;
  /**
   * Fills a template: `{name}` is an attribute or a setting of the provider; `{hex:17}`, `{capitals:14}` and `{uuid}`
   * are synthetic; `{hex:17:label}` differs from `{hex:17}`.
   */
  fill(template: string): string;
}

/** A computed value: a template such as `vpc-{hex:17}`, a plain value, or a function of the object. */
export type Recipe = string | number | boolean | readonly unknown[] | ((self: RecipeContext) => Value);

/**
 * Facts about a type that are in no schema. Paths are attribute names from the resource down, joined by dots, without
 * indexes.
 * Source: the provider's documentation of the type ("Forces new resource", default values).
 */
export interface TypeFacts {
  /** Attributes that force replacement when changed. */
  readonly forceNew?: readonly string[];
  /** Blocks that are added in place, but force replacement when they are removed or changed afterwards. */
  readonly forceNewOnceSet?: readonly string[];
  /** Values that the provider plans for unset optional arguments. */
  readonly defaults?: Readonly<Record<string, string | number | boolean>>;
  /** Optional blocks that the provider computes if they are not set. */
  readonly computedBlocks?: readonly string[];
  /** Computed attributes that become unknown when anything else changes. */
  readonly computedOnChange?: readonly string[];
  readonly sensitive?: readonly string[];
  /** Computed attributes that the provider partly knows when planning a create. */
  readonly planned?: Readonly<Record<string, (planned: ObjectValue) => Value>>;
  /** Well-formed values of computed attributes, by path. */
  readonly values?: Readonly<Record<string, Recipe>>;
}

export type FactTable = Readonly<Record<string, TypeFacts>>;

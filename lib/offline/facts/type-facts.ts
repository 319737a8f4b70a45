import type { Value } from '../wire/values';
import type { Invention } from '../provider/invention';

/** A computed value: a template such as `vpc-{hex:17}`, a plain value, or a function of the object that it is part of. */
export type Recipe = string | number | boolean | readonly unknown[] | ((self: Invention) => Value);

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
  readonly recomputed?: readonly string[];
  readonly sensitive?: readonly string[];
  /** Well-formed values of computed attributes, by path. */
  readonly values?: Readonly<Record<string, Recipe>>;
}

export type FactTable = Readonly<Record<string, TypeFacts>>;

import { rmSync } from 'node:fs';
import type { TerraformStack } from 'cdktf';
import { makeTemporaryDirectory } from '../offline/workspace/temporary-directory';
import type { TerraformJson } from '../offline/terraform-json';
import { writeApp, type AppSource } from './app-source';
import { graphOf, needs, type Graph } from './graph';
import { typeName, type ResourceType } from './resource-type';
import { findOne, findStack } from './find-one';

// Attributes have any shape; only tests read them.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Attributes = Readonly<Record<string, any>>;

/** A resource of a synthesized stack. */
export interface SynthesizedResource {
  readonly type: string;
  /** `aws_vpc.network_vpc_1A2B3C4D` */
  readonly address: string;
  /** The construct's path below its stack: `network/vpc`. */
  readonly path: string;
  /** As in `cdk.tf.json`: snake_case. */
  readonly attributes: Attributes;
}

/** A synthesized stack. */
export class SynthesizedStack {
  readonly resources: readonly SynthesizedResource[];
  #graph?: Graph;
  readonly #construct: TerraformStack | undefined;

  constructor(
    readonly name: string,
    readonly json: TerraformJson,
    construct?: TerraformStack,
  ) {
    this.#construct = construct;
    this.resources = Object.entries(json.resource ?? {}).flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, attributes]: [string, Attributes]) => ({
        type,
        address: `${type}.${id}`,
        path: pathOf(id, attributes),
        attributes,
      })),
    );
  }

  /** The stack construct that it was synthesized from, if available. */
  get construct(): TerraformStack | undefined {
    return this.#construct;
  }

  /** The edges of Terraform's graph. */
  get graph(): Graph {
    this.#graph ??= graphOf(this.json);
    return this.#graph;
  }

  /** All resources of a type: `stack.ofType(Vpc)`, `stack.ofType('aws_vpc')`. */
  ofType(type: ResourceType): readonly SynthesizedResource[] {
    const name = typeName(type);
    return this.resources.filter((resource) => resource.type === name);
  }

  /**
   * The one resource of a type whose construct path equals or ends with `path`.
   * @throws Error that lists the existing paths, if none or several match
   */
  getResource(type: ResourceType, path?: string): SynthesizedResource {
    return findOne(this, typeName(type), path);
  }

  /** Whether `later` is created after `earlier` and destroyed before it, by a dependency in Terraform's graph. */
  isAfter(later: { readonly address: string }, earlier: { readonly address: string }): boolean {
    return needs(this.graph, later.address, earlier.address);
  }
}

/** The path below the stack, from the metadata that cdktf writes for a resource. */
export function pathOf(id: string, attributes: Attributes): string {
  return String(attributes['//']?.metadata?.path ?? id)
    .split('/')
    .slice(1)
    .join('/');
}

/**
 * Builds an app and synthesizes it, with backends, validations and cross-stack references. Leaves no files behind.
 * @returns the stacks by name
 */
export function synthApp(source: AppSource): ReadonlyMap<string, SynthesizedStack> {
  return synthesized(source).stacks;
}

/** Like `synthApp`, for one stack: `synthStack((app) => new TeamStack(app, 'team'))`. */
export function synthStack(source: AppSource): SynthesizedStack {
  const { stacks, named } = synthesized(source);
  return findStack(stacks, named);
}

function synthesized(source: AppSource): {
  readonly stacks: ReadonlyMap<string, SynthesizedStack>;
  readonly named: string | undefined;
} {
  const directory = makeTemporaryDirectory();
  try {
    const { stacks, named } = writeApp(source, directory);
    return { stacks: stacksOf(stacks), named };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** By name. */
export function stacksOf(
  stacks: readonly { readonly name: string; readonly json: TerraformJson; readonly construct?: TerraformStack }[],
): ReadonlyMap<string, SynthesizedStack> {
  return new Map(stacks.map(({ name, json, construct }) => [name, new SynthesizedStack(name, json, construct)]));
}

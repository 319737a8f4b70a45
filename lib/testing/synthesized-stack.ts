import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { validate } from '../core/synthesize';
import { graphOf, needs, type Graph } from './graph';
import type { TerraformJson } from '../offline/terraform-json';

// Terraform's attributes have any shape; tests read them, nothing else does.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Attributes = Readonly<Record<string, any>>;

/** A resource of a synthesized stack. */
export interface SynthesizedResource {
  readonly type: string;
  /** `aws_vpc.network_vpc_1A2B3C4D` */
  readonly address: string;
  /** The construct's path below its stack: `network/vpc`. */
  readonly path: string;
  /** As Terraform reads them: snake_case. */
  readonly attributes: Attributes;
}

/** A stack as Terraform will read it. */
export class SynthesizedStack {
  readonly resources: readonly SynthesizedResource[];
  private graph?: Graph;

  constructor(
    readonly name: string,
    readonly json: TerraformJson,
  ) {
    this.resources = Object.entries(json.resource ?? {}).flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, attributes]: [string, Attributes]) => ({
        type,
        address: `${type}.${id}`,
        path: String(attributes['//']?.metadata?.path ?? id)
          .split('/')
          .slice(1)
          .join('/'),
        attributes,
      })),
    );
  }

  /** All resources of a type. */
  ofType(type: string): readonly SynthesizedResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /**
   * The one resource of a type whose construct path is, or ends in, `path`.
   * @throws Error that lists the paths there are, where none or several fit
   */
  the(type: string, path?: string): SynthesizedResource {
    const all = this.ofType(type);
    const fitting = all.filter((one) => path === undefined || one.path === path || one.path.endsWith(`/${path}`));
    if (fitting.length === 1) return fitting[0]!;
    const wanted = path === undefined ? type : `${type} at ${path}`;
    throw new Error(
      `${this.name} has ${fitting.length} ${wanted}; it has: ${all.map((one) => one.path).join(', ') || 'none of that type'}`,
    );
  }

  /** Whether `later` is made after `earlier` and destroyed before it, by an edge of Terraform's graph. */
  isAfter(later: SynthesizedResource, earlier: SynthesizedResource): boolean {
    this.graph ??= graphOf(this.json);
    return needs(this.graph, later.address, earlier.address);
  }
}

/**
 * Builds an app and synthesizes it for real: backends, validations, cross-stack references. Leaves no file behind.
 * @returns the stacks by name
 */
export function synthApp(build: (app: App) => void): ReadonlyMap<string, SynthesizedStack> {
  const outdir = mkdtempSync(join(tmpdir(), 'quayside-synth-'));
  try {
    const app = new App({ outdir, skipValidation: true });
    build(app);
    validate(app);
    app.synth();
    const names = app.node
      .findAll()
      .filter((construct): construct is TerraformStack => TerraformStack.isStack(construct))
      .map((stack) => app.manifest.forStack(stack));
    return new Map(
      names.map(({ name, synthesizedStackPath }) => [
        name,
        new SynthesizedStack(
          name,
          JSON.parse(readFileSync(join(outdir, synthesizedStackPath), 'utf8')) as TerraformJson,
        ),
      ]),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { TerraformJson } from '../terraform-json';

const STACK_FILE = 'cdk.tf.json';

/** A synthesized stack. */
export interface SynthesizedStackFolder {
  readonly name: string;
  readonly directory: string;
  readonly json: TerraformJson;
  /** Stacks declared as dependencies, whether or not their state is read. */
  readonly dependencies: readonly string[];
}

interface Manifest {
  readonly stacks: Readonly<
    Record<
      string,
      { readonly name: string; readonly workingDirectory: string; readonly dependencies?: readonly string[] }
    >
  >;
}

/**
 * The stacks in a `cdktf.out` directory, or the one in a stack's own directory.
 * @throws Error if there is none
 */
export function readSynthesizedApp(stacksDir: string): readonly SynthesizedStackFolder[] {
  const root = resolve(stacksDir);
  const manifest = join(root, 'manifest.json');
  if (existsSync(manifest)) {
    const { stacks } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
    return Object.values(stacks).map(({ name, workingDirectory, dependencies = [] }) =>
      folder(name, join(root, workingDirectory), dependencies),
    );
  }
  if (existsSync(join(root, STACK_FILE))) return [folder(basename(root), root, [])];
  const stacks = join(root, 'stacks');
  const names = existsSync(stacks)
    ? readdirSync(stacks).filter((name) => existsSync(join(stacks, name, STACK_FILE)))
    : [];
  if (names.length > 0) return names.map((name) => folder(name, join(stacks, name), []));
  throw new Error(`no synthesized stack in ${root}: synthesize the app first, or pass its cdktf.out directory`);
}

function folder(name: string, directory: string, dependencies: readonly string[]): SynthesizedStackFolder {
  const file = join(directory, STACK_FILE);
  if (!existsSync(file) || !statSync(dirname(file)).isDirectory()) {
    throw new Error(`stack ${name} has no ${STACK_FILE} in ${directory}: synthesize the app again`);
  }
  return { name, directory, dependencies, json: JSON.parse(readFileSync(file, 'utf8')) as TerraformJson };
}

import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** The command line that plans: Terraform, or OpenTofu in its place. */
export interface TerraformCli {
  readonly path: string;
  /** OpenTofu takes providers from a registry of its own by default. */
  readonly kind: 'terraform' | 'tofu';
}

/** Neither Terraform nor OpenTofu is to be found. */
export class TerraformNotFoundError extends Error {
  constructor(looked: string) {
    super(`${looked}: install Terraform or OpenTofu, or name one in QUAYSIDE_TERRAFORM`);
    this.name = 'TerraformNotFoundError';
    this.stack = `${this.name}: ${this.message}`;
  }
}

/**
 * The CLI to use: the one given, the one in `QUAYSIDE_TERRAFORM`, `terraform` on the path, or `tofu` there.
 * @throws TerraformNotFoundError
 */
export function findTerraform(given = process.env['QUAYSIDE_TERRAFORM']): TerraformCli {
  for (const command of given ? [given] : ['terraform', 'tofu']) {
    const path = onPath(command);
    if (path !== undefined) return { path, kind: /tofu[^/\\]*$/.test(path) ? 'tofu' : 'terraform' };
  }
  throw new TerraformNotFoundError(given ? `'${given}' cannot be run` : 'neither terraform nor tofu is on the PATH');
}

function onPath(command: string): string | undefined {
  const candidates = /[/\\]/.test(command)
    ? [resolve(command)]
    : (process.env['PATH'] ?? '').split(delimiter).map((directory) => join(directory, command));
  return candidates.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

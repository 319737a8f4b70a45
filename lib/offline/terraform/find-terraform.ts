import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** The CLI that plans: Terraform or OpenTofu. */
export interface TerraformCli {
  readonly path: string;
  /** OpenTofu installs providers from its own registry by default. */
  readonly kind: 'terraform' | 'tofu';
}

/** Neither Terraform nor OpenTofu was found. */
export class TerraformNotFoundError extends Error {
  constructor(problem: string) {
    super(`${problem}: install Terraform or OpenTofu, or set QUAYSIDE_TERRAFORM to its path`);
    this.name = 'TerraformNotFoundError';
    this.stack = `${this.name}: ${this.message}`;
  }
}

/**
 * The CLI to use: the given one, the one in `QUAYSIDE_TERRAFORM`, or `terraform` or `tofu` on the PATH.
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

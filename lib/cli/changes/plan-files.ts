import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { OfflinePlan } from '../../offline';

/** With real providers a plan contains secrets: only the owner may read it. */
const OWNER_ONLY = 0o600;

/**
 * Writes each stack's plan JSON, and removes the old file of a stack that could not be planned.
 * @returns the files by stack, relative to `base`
 */
export function writePlanFiles({ stacks }: OfflinePlan, directory: string, base: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  mkdirSync(directory, { recursive: true });
  for (const { name, plan } of stacks) {
    const file = join(directory, `${name}.plan.json`);
    rmSync(file, { force: true });
    if (!plan) continue;
    writeFileSync(file, JSON.stringify(plan), { mode: OWNER_ONLY });
    files.set(name, relative(base, file));
  }
  return files;
}

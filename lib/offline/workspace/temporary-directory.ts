import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'quayside-offline-';
/** The length that a socket's path leaves for the directory: the limit is 104 bytes (macOS) or 108 (Linux). */
const LONGEST_DIRECTORY = 80;

/** A private directory of this process. Removes those of killed processes first. */
export function makeTemporaryDirectory(): string {
  const long = Buffer.byteLength(tmpdir()) + PREFIX.length > LONGEST_DIRECTORY - 24;
  const root = long ? '/tmp' : tmpdir();
  removeOrphans(root);
  return mkdtempSync(join(root, `${PREFIX}${hostName()}-${process.pid}-`));
}

/** Containers may share a temporary directory but not their process ids. */
function hostName(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 6);
}

function removeOrphans(root: string): void {
  const own = new RegExp(`^${PREFIX}${hostName()}-(\\d+)-`);
  for (const entry of readdirSync(root)) {
    const pid = own.exec(entry)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(root, entry), { recursive: true, force: true });
    } catch {
      // It belongs to another user.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

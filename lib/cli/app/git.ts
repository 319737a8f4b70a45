import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CliError } from '../command';
import type { Workspace } from './workspace';

const execute = promisify(execFile);

/** The name of the worktree's folder, which identifies worktrees that killed runs left in the repository. */
const CHECKOUT = 'quayside-checkout';

/** @throws CliError if the directory is not in a git repository, or git is not installed */
export async function repositoryRoot(directory: string, revision: string): Promise<string> {
  try {
    return realpathSync(await git(directory, ['rev-parse', '--show-toplevel']));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = missing ? 'git is not installed' : `${directory} is not in a git repository`;
    throw new CliError(
      `--against '${revision}': no such directory, and ${why}: pass a directory, or use a git repository`,
    );
  }
}

/** A temporary worktree at a revision; the repository's own working tree is left untouched. */
export async function checkOut(root: string, revision: string, workspace: Workspace): Promise<string> {
  const commit = await commitOf(root, revision);
  await removeOrphans(root);
  const directory = join(workspace.tempDirectory.path, CHECKOUT);
  workspace.undo(async () => {
    // An interrupted run may not have added the worktree.
    await git(root, ['worktree', 'remove', '--force', '--force', directory]).catch(() => {});
  });
  // The user's hooks must not run for this worktree.
  await git(root, ['-c', 'core.hooksPath=/dev/null', 'worktree', 'add', '--detach', directory, commit]);
  return directory;
}

async function commitOf(root: string, revision: string): Promise<string> {
  try {
    return await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  } catch {
    throw new CliError(
      `--against '${revision}': no such directory or git revision: fetch the revision first (with actions/checkout: ` +
        'fetch-depth: 0)',
    );
  }
}

/** Removes worktrees of killed runs, whose directories no longer exist. */
async function removeOrphans(root: string): Promise<void> {
  const list = await git(root, ['worktree', 'list', '--porcelain']);
  const orphans = [...list.matchAll(/^worktree (.*)$/gm)]
    .map(([, path]) => path!)
    .filter((path) => path.endsWith(`/${CHECKOUT}`) && !existsSync(path));
  for (const path of orphans) await git(root, ['worktree', 'remove', '--force', '--force', path]).catch(() => {});
}

/** Git variables set by a hook would point git at another repository. */
async function git(directory: string, args: readonly string[]): Promise<string> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX)$/.test(name)),
  );
  const { stdout } = await execute('git', ['-C', directory, ...args], { env, maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CliError } from '../command';
import type { Workspace } from './workspace';

const execute = promisify(execFile);

/** In the name of the checkouts' folder, so that what a killed run left in the repository is known for ours. */
const CHECKOUT = 'quayside-checkout';

/** @throws CliError where the directory is in no repository, or git is not installed */
export async function repositoryRoot(directory: string, revision: string): Promise<string> {
  try {
    return realpathSync(await git(directory, ['rev-parse', '--show-toplevel']));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = missing ? 'git is not installed' : `${directory} is in no git repository`;
    throw new CliError(`--against '${revision}': there is no such directory, and ${why}`);
  }
}

/** A private work tree of a revision, which leaves the repository as it was. */
export async function checkOut(root: string, revision: string, workspace: Workspace): Promise<string> {
  const commit = await commitOf(root, revision);
  await forgetOrphans(root);
  const directory = join(workspace.tempDirectory.path, CHECKOUT);
  workspace.undo(async () => {
    // A run that was stopped half-way may have left nothing to remove.
    await git(root, ['worktree', 'remove', '--force', '--force', directory]).catch(() => {});
  });
  // The user's hooks are for the user's own work trees.
  await git(root, ['-c', 'core.hooksPath=/dev/null', 'worktree', 'add', '--detach', directory, commit]);
  return directory;
}

async function commitOf(root: string, revision: string): Promise<string> {
  try {
    return await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  } catch {
    throw new CliError(
      `--against '${revision}': there is neither such a directory nor such a revision: fetch it first (with ` +
        'actions/checkout: fetch-depth: 0)',
    );
  }
}

/** What runs left in the repository that were killed: their directories are gone. */
async function forgetOrphans(root: string): Promise<void> {
  const list = await git(root, ['worktree', 'list', '--porcelain']);
  const orphans = [...list.matchAll(/^worktree (.*)$/gm)]
    .map(([, path]) => path!)
    .filter((path) => path.endsWith(`/${CHECKOUT}`) && !existsSync(path));
  for (const path of orphans) await git(root, ['worktree', 'remove', '--force', '--force', path]).catch(() => {});
}

/** Git's own variables, as a hook sets them, would lead it elsewhere. */
async function git(directory: string, args: readonly string[]): Promise<string> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX)$/.test(name)),
  );
  const { stdout } = await execute('git', ['-C', directory, ...args], { env, maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

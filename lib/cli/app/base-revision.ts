import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { selectStacks } from './select-stacks';
import { checkOut, repositoryRoot } from './git';
import { readProject, type Project } from './project';
import { StateReads } from './state-reads';
import { synthesizeProject, type SynthesisRequest } from './synthesized';

const LOCK_FILES = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock'];

export interface BaseRevision extends SynthesisRequest {
  /** A directory (synthesized stacks, or a project), else a git revision of the project. */
  readonly against: string;
  /** The current project. */
  readonly project: Project;
  readonly app?: string | undefined;
}

/** The stacks of another revision of the project: only the requested ones and those whose state they read. */
export async function baseRevision(request: BaseRevision): Promise<string> {
  const all = await synthesized(request);
  if (request.names.length === 0) return all;
  const reads = StateReads.of(all);
  const { selected } = selectStacks(request.names, reads.names);
  return reads.restrictedTo(selected, request.workspace.directory('against'));
}

async function synthesized(request: BaseRevision): Promise<string> {
  const { against, project } = request;
  const directory = resolve(project.directory, against);
  if (existsSync(directory) && statSync(directory).isDirectory()) {
    const isSynthesized = ['manifest.json', 'cdk.tf.json'].some((file) => existsSync(join(directory, file)));
    const isProject = existsSync(join(directory, 'cdktf.json'));
    return isSynthesized && !isProject ? directory : run(readProject(directory), request);
  }
  return run(await projectAt(against, request), request);
}

/** Another revision may use another app command: its own `cdktf.json` takes precedence over `--app`. */
function run(project: Project, request: BaseRevision): Promise<string> {
  return synthesizeProject(project, { ...request, app: project.app ?? request.app, label: 'against' });
}

/** The project at a revision, in a separate worktree, with the currently installed packages. */
async function projectAt(revision: string, { project, workspace, err }: BaseRevision): Promise<Project> {
  const root = await repositoryRoot(project.directory, revision);
  const place = relative(root, project.directory);
  const checkout = await checkOut(root, revision, workspace);
  const directory = join(checkout, place);
  const old = readProject(directory);
  mkdirSync(directory, { recursive: true });
  for (const folder of upwards(place)) link(root, checkout, join(folder, 'node_modules'));
  link(root, checkout, join(place, project.generated));
  const changed = upwards(place)
    .flatMap((folder) => LOCK_FILES.map((file) => join(folder, file)))
    .filter((file) => differs(join(root, file), join(checkout, file)));
  if (changed.length > 0) {
    err(
      `note: lock files differ at ${revision} (${changed.join(', ')}), which runs with the installed packages; ` +
        'to use its own, check it out, install its packages and pass that directory to --against\n',
    );
  }
  return old;
}

/** A folder and its parents, up to the repository's root. */
function upwards(place: string): readonly string[] {
  const above = dirname(place);
  return place === '' || place === '.' ? [''] : [place, ...upwards(above === '.' ? '' : above)];
}

function link(from: string, to: string, path: string): void {
  const [source, target] = [join(from, path), join(to, path)];
  if (!existsSync(source) || existsSync(target) || !existsSync(dirname(target))) return;
  symlinkSync(source, target, 'junction');
}

function differs(one: string, other: string): boolean {
  const [a, b] = [one, other].map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined));
  return a !== b;
}

import { join } from 'node:path';
import { readProject } from '../../../../lib/cli/app/project';
import { StateReads } from '../../../../lib/cli/app/state-reads';
import { synthesizeProject } from '../../../../lib/cli/app/synthesized';
import { Workspace } from '../../../../lib/cli/app/workspace';
import { InstalledPackage, Project, removeProjects } from '../support/project';

afterAll(removeProjects);
jest.setTimeout(30_000);

const installed = new InstalledPackage();
const own = `node ${join(installed.directory, 'dist', 'stacks', 'main.js')}`;

test.each<{ names: string[]; app?: string; built: string[] }>([
  { names: ['production-infrastructure'], app: own, built: ['production-infrastructure'] },
  { names: ['shared', 'staging'], app: own, built: ['shared', 'staging-infrastructure', 'staging-platform'] },
  {
    // It reads the state of another, so all are built: which one keeps it is known only then.
    names: ['production-platform'],
    app: own,
    built: ['production-infrastructure', 'production-platform', 'shared', 'staging-infrastructure', 'staging-platform'],
  },
  // An app that knows nothing of quayside.
  { names: ['shop-data'], built: ['shop-data', 'shop-web'] },
])('$names build $built', async ({ names, app, built }) => {
  await Workspace.use(new AbortController().signal, async (workspace) => {
    const project = readProject(new Project().directory);
    const stacksDir = await synthesizeProject(project, { names, app, workspace, err: () => {}, label: 'test' });
    expect([...StateReads.of(stacksDir).names].sort()).toEqual(built);
  });
});

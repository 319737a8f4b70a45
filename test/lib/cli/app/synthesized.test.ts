import { join } from 'node:path';
import { readProject } from '../../../../lib/cli/app/project';
import { StateReads } from '../../../../lib/cli/app/state-reads';
import { synthesizeProject } from '../../../../lib/cli/app/synthesized';
import { Workspace } from '../../../../lib/cli/app/workspace';
import { InstalledPackage, Project, removeProjects } from '../support/project';

afterAll(removeProjects);
jest.setTimeout(30_000);

const installed = new InstalledPackage();
const quaysideApp = `node ${join(installed.directory, 'dist', 'stacks', 'main.js')}`;

test.each<{ names: string[]; app?: string; built: string[] }>([
  { names: ['production-infrastructure'], app: quaysideApp, built: ['production-infrastructure'] },
  { names: ['shared', 'staging'], app: quaysideApp, built: ['shared', 'staging-infrastructure', 'staging-platform'] },
  {
    // It reads another stack's state, so all stacks are built: only then is the owner known.
    names: ['production-platform'],
    app: quaysideApp,
    built: ['production-infrastructure', 'production-platform', 'shared', 'staging-infrastructure', 'staging-platform'],
  },
  // An app that does not use quayside.
  { names: ['shop-data'], built: ['shop-data', 'shop-web'] },
])('$names builds $built', async ({ names, app, built }) => {
  await Workspace.use(new AbortController().signal, async (workspace) => {
    const project = readProject(new Project().directory);
    const stacksDir = await synthesizeProject(project, { names, app, workspace, err: () => {}, label: 'test' });
    expect([...StateReads.of(stacksDir).names].sort()).toEqual(built);
  });
});

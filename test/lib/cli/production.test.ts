import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithTerraform } from '../offline/support/app';
import { describeWithoutNetwork, InstalledPackage, Project, removeProjects } from './support/project';

afterAll(removeProjects);

/** More than a hundred resources, which is slow under load. */
jest.setTimeout(90_000);

describeWithTerraform("this repository's production", () => {
  describeWithoutNetwork('without network access', () => {
    const quayside = new InstalledPackage();
    const project = new Project();
    const temporary = project.temporary();
    const app = `node ${join(quayside.directory, 'dist', 'stacks', 'main.js')}`;

    test.each([
      { args: ['plan', 'production'], output: /^2 stacks: \d+ to create$/m },
      {
        args: ['rehearse', 'production'],
        output: /^2 stacks: (\d+) resources created in order, second plan empty, \1 destroyed in reverse order/m,
      },
    ])('$args', async ({ args, output }) => {
      const options = { prefix: ['unshare', '-rn'], env: { TMPDIR: temporary } };
      const { code, stdout, stderr } = await quayside.run([...args, '--app', app], project.directory, options);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(output);
      expect(readdirSync(temporary)).toEqual([]);
    });
  });
});

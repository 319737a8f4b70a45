import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithTerraform } from '../offline/support/app';
import { describeWithoutNetwork, InstalledPackage, Project, removeProjects } from './support/project';

afterAll(removeProjects);

/** More than a hundred resources, on a machine that may be busy. */
jest.setTimeout(90_000);

describeWithTerraform("this repository's production", () => {
  describeWithoutNetwork('with the network cut', () => {
    const quayside = new InstalledPackage();
    const project = new Project();
    const temporary = project.temporary();
    const app = `node ${join(quayside.directory, 'dist', 'stacks', 'main.js')}`;

    test.each([
      { args: ['plan', 'production'], says: /^2 stacks: \d+ to create$/m },
      {
        args: ['rehearse', 'production'],
        says: /^2 stacks: (\d+) resources made in order, second plan empty, \1 destroyed in reverse/m,
      },
    ])('$args', async ({ args, says }) => {
      const options = { prefix: ['unshare', '-rn'], env: { TMPDIR: temporary } };
      const { code, stdout, stderr } = await quayside.run([...args, '--app', app], project.directory, options);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(says);
      expect(readdirSync(temporary)).toEqual([]);
    });
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { collectReport } from '../../report/collect';
import type { Report } from '../../report/model';
import { reportHtml } from '../../report/render/html';
import { reportJson } from '../../report/render/json';
import { reportText } from '../../report/render/text';
import { readProject } from '../app/project';
import { readStacks } from '../app/read-stacks';
import { Workspace } from '../app/workspace';
import { type Command, type Options } from '../command';
import { EXIT } from '../exit-codes';
import { mutuallyExclusive, parse } from '../parse';
import { NAMES_HELP, currentStacks } from './common';

const HELP = `Usage: quayside report [stack|environment|pattern ...] [options]

Describes an environment from its synthesized stacks: who has access, what pods may do in AWS, in Kubernetes and on
their nodes, every acknowledged exception and its reason, add-ons, images, nodes and network. Needs no account, no
credentials, no Terraform.

${NAMES_HELP}
Options:
  --json            print one JSON document
  --html FILE       write one self-contained page with a diagram
  --app COMMAND     command that runs the app, instead of the one in cdktf.json: "node main.js"
  --dir DIRECTORY   use stacks that are already synthesized: cdktf.out

Exit codes: 0 reported, 1 failed, 2 usage error.

Examples:
  quayside report production
  quayside report production --html production.html
  quayside report production --json | jq '.images[] | select(.pinned != "digest") | .image'
`;

const OPTIONS = {
  app: { type: 'string' },
  dir: { type: 'string' },
  json: { type: 'boolean' },
  html: { type: 'string' },
} as const satisfies Options;

export const report: Command = {
  help: HELP,
  async run(args, io) {
    const { values, names } = parse(args, OPTIONS);
    mutuallyExclusive(values, 'app', 'dir');
    mutuallyExclusive(values, 'json', 'html');
    const project = readProject(io.cwd);
    const collected = await Workspace.use(io.signal, async (workspace): Promise<Report> => {
      const { stacksDir, selected } = await currentStacks(project, names, values, workspace, io);
      return collectReport(names.join(', ') || 'all stacks', readStacks(stacksDir, selected));
    });
    if (values.html !== undefined) {
      const file = resolve(io.cwd, values.html);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, reportHtml(collected));
      io.err(`written to ${values.html}\n`);
    } else {
      io.out(values.json ? reportJson(collected) : reportText(collected));
    }
    return EXIT.ok;
  },
};

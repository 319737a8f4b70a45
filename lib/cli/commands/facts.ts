import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { FACTS_VARIABLE } from '../../core/facts-variable';
import { readProject } from '../app/project';
import { synthesizeProject } from '../app/synthesized';
import { Workspace } from '../app/workspace';
import { CliError, UsageError, type Command, type Options } from '../command';
import { EXIT } from '../exit-codes';
import { parse } from '../parse';

const HELP = `Usage: quayside facts <environment> [options]

Writes what an environment knows before it is deployed as one JSON document: domain, ingress class, subnets, node pools, traffic
timings, image policy, where its state is. A team commits it, or installs it, and passes it to environmentRef() in a
repository of its own. The environment's stacks are synthesized, and so checked; nothing else is written.

Options:
  --out FILE            write to a file in place of standard output
  --app COMMAND         the app to run, in place of cdktf.json's: "node main.js"
  --json                also print a failure as one JSON document

Exit codes: 0 written, 1 failed, 2 not understood.

Example:
  quayside facts production --out production.json
`;

const OPTIONS = {
  app: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean' },
} as const satisfies Options;

export const facts: Command = {
  help: HELP,
  async run(args, io) {
    const { values, names } = parse(args, OPTIONS);
    const [name, ...others] = names;
    if (name === undefined || others.length > 0)
      throw new UsageError('name one environment: quayside facts production');
    const project = readProject(io.cwd);
    const text = await Workspace.use(io.signal, async (workspace) => {
      const directory = workspace.directory('facts');
      const variables = { [FACTS_VARIABLE]: directory };
      const request = { workspace, err: io.err, app: values.app, variables };
      await synthesizeProject(project, { ...request, names: [name], label: 'current' });
      const file = join(directory, `${name}.json`);
      if (existsSync(file)) return readFileSync(file, 'utf8');
      // The message lists every environment, whichever the name has built.
      await synthesizeProject(project, { ...request, names: [], label: 'every-stack' });
      throw new CliError(unknownProblem(directory, name));
    });
    warnOfLocalState(text, io.err);
    if (values.out === undefined) {
      io.out(text);
      return EXIT.ok;
    }
    const file = resolve(io.cwd, values.out);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    io.err(`written to ${values.out}\n`);
    return EXIT.ok;
  },
};

function unknownProblem(directory: string, name: string): string {
  const known = readdirSync(directory).map((entry) => entry.replace(/\.json$/, ''));
  if (known.length === 0)
    return 'the app wrote no facts: add an Environment to it, or update the quayside that it uses';
  return `no environment is named ${name}: use one of ${known.sort().join(', ')}`;
}

function warnOfLocalState(text: string, err: (text: string) => void): void {
  const { backend } = JSON.parse(text) as { readonly backend: { readonly kind: string } };
  if (backend.kind !== 'local') return;
  err(
    'quayside: the state is a local file, which another repository cannot read: give the environment an s3 backend\n',
  );
}

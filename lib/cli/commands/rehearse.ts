import { readProject } from '../app/project';
import { Workspace } from '../app/workspace';
import type { Command, Options } from '../command';
import { EXIT } from '../exit-codes';
import type { Io } from '../io';
import { parse } from '../parse';
import { offlineRehearsal, type Rehearsal } from '../../offline';
import { diagnosticTexts } from '../render/diagnostics';
import { rehearsalJson } from '../render/rehearsal-json';
import { rehearsalMarkdown } from '../render/rehearsal-markdown';
import { RehearsalText, rehearsalNotes, rehearsalSummary } from '../render/rehearsal-text';
import { StatusLine } from '../render/status-line';
import { style } from '../render/style';
import {
  APP_HELP,
  APP_OPTIONS,
  checkAppValues,
  engineOptions,
  NAMES_HELP,
  currentStacks,
  type AppValues,
} from './common';

const HELP = `Usage: quayside rehearse [stack|environment|pattern ...] [options]

Runs the lifecycle of stacks with real Terraform: applies them in order, plans again, which must show no changes, and
destroys them in reverse order. Stacks with deletion protection or prevent_destroy are unprotected first, by an apply of
its own. Providers are always mocked, and provisioners are not run: no real infrastructure is touched.

${NAMES_HELP}
Options:
${APP_HELP}
Exit codes: 0 succeeded, 1 failed, 2 usage error.

Example:
  quayside rehearse production
`;

const OPTIONS = { ...APP_OPTIONS } as const satisfies Options;

export const rehearse: Command = {
  help: HELP,
  async run(args, io) {
    const { values, names } = parse(args, OPTIONS);
    checkAppValues(values);
    const start = performance.now();
    const rehearsal = await Workspace.use(io.signal, (workspace) => rehearsed(names, values, workspace, io));
    const seconds = (performance.now() - start) / 1000;
    if (values.json) io.out(rehearsalJson(rehearsal, seconds));
    else if (values.markdown) io.out(rehearsalMarkdown(rehearsal, seconds));
    else io.out(rehearsalNotes(rehearsal) + (rehearsal.ok ? rehearsalSummary(rehearsal, seconds) : ''));
    const formatted = rehearsal.steps.map(({ stack, diagnostics }) => ({ name: stack, diagnostics }));
    io.err(diagnosticTexts(formatted, style(io.colour)));
    if (rehearsal.ok) return EXIT.ok;
    const failed = rehearsal.steps.find(({ ok }) => !ok);
    io.err(`quayside: rehearsal failed${failed ? `: ${failed.stage} of ${failed.stack}` : ''}\n`);
    return EXIT.failed;
  },
};

async function rehearsed(
  names: readonly string[],
  values: AppValues,
  workspace: Workspace,
  io: Io,
): Promise<Rehearsal> {
  const engine = engineOptions(values, workspace, io);
  const { stacksDir, selected } = await currentStacks(readProject(io.cwd), names, values, workspace, io);
  const status = new StatusLine(io);
  const text = values.json || values.markdown ? undefined : new RehearsalText(style(io.colour));
  try {
    return await offlineRehearsal({
      ...engine,
      stacksDir,
      stacks: selected,
      onProgress: (progress) => {
        const lines = text?.lines(progress) ?? '';
        if (lines !== '') {
          status.clear();
          io.out(lines);
        }
        status.show(progress);
      },
    });
  } finally {
    status.clear();
  }
}

import { resolve } from 'node:path';
import { count } from '../../core/format';
import { selectStacks } from '../app/select-stacks';
import { baseRevision } from '../app/base-revision';
import { readProject, type Project } from '../app/project';
import { Workspace } from '../app/workspace';
import { denialsOf, type Denial } from '../changes/denials';
import { planReport, type PlanReport } from '../changes/plan-report';
import { writePlanFiles } from '../changes/plan-files';
import { UsageError, type Command, type Options } from '../command';
import { EXIT, type ExitCode } from '../exit-codes';
import type { Io } from '../io';
import { oneOf, parse } from '../parse';
import { offlinePlan, type OfflinePlan } from '../../offline';
import { diagnosticTexts } from '../render/diagnostics';
import { outageTitle, rejectionTitle } from '../render/findings';
import { planJson } from '../render/plan-json';
import { planMarkdown } from '../render/plan-markdown';
import { planText } from '../render/plan-text';
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

const HELP = `Usage: quayside plan [stack|environment|pattern ...] [options]

Plans stacks with real Terraform and mock providers: no account, no credentials, no network access. Writes Terraform's
plan JSON to <out>/<stack>.plan.json.

${NAMES_HELP}
Options:
  --against REVISION    plan against the state of another revision: a git revision, a project directory or a cdktf.out.
                        Shows what a pull request would create, change, replace and destroy. Changes that AWS or
                        Kubernetes rejects, or that never take effect, exit with code 3
  --deny-destroy        exit with code 3 on data losses and outages: a resource that holds data would be destroyed or
                        replaced, or a change would take the site down
  --deny-any-destroy    exit with code 3 if any resource would be destroyed or replaced
  --values              also show the values of created resources
  --out DIRECTORY       directory for the plan JSON (default: cdktf.out/plans)
  --providers real      use the real providers, which Terraform installs, with your credentials and states
${APP_HELP}
Exit codes: 0 planned, 1 failed, 2 usage error, 3 denied.

Examples:
  quayside plan production
  quayside plan 'production-*' --against origin/main --deny-destroy --markdown > comment.md
`;

const OPTIONS = {
  ...APP_OPTIONS,
  against: { type: 'string' },
  'deny-destroy': { type: 'boolean' },
  'deny-any-destroy': { type: 'boolean' },
  values: { type: 'boolean' },
  out: { type: 'string' },
  providers: { type: 'string' },
} as const satisfies Options;

interface PlanValues extends AppValues {
  readonly against?: string;
  readonly 'deny-destroy'?: boolean;
  readonly 'deny-any-destroy'?: boolean;
  readonly values?: boolean;
  readonly out?: string;
  readonly providers?: string;
}

export const plan: Command = {
  help: HELP,
  async run(args, io) {
    const { values, names } = parse(args, OPTIONS);
    const providers = check(values);
    const project = readProject(io.cwd);
    const result = await Workspace.use(io.signal, (workspace) =>
      planned(project, names, values, providers, workspace, io),
    );
    const planFiles = writePlanFiles(result, resolve(io.cwd, values.out ?? `${project.output}/plans`), io.cwd);
    const report = planReport(result, { against: values.against, planFiles, providers });
    const denials = denialsOf(report, {
      denyDestroy: values['deny-destroy'] === true,
      denyAnyDestroy: values['deny-any-destroy'] === true,
    });
    io.out(rendered(report, values, denials, io));
    return exitCode(report, denials, io);
  },
};

function check(values: PlanValues): 'mock' | 'real' {
  checkAppValues(values);
  const option = oneOf('providers', values.providers ?? 'double', ['double', 'real']);
  const providers = option === 'double' ? 'mock' : option;
  if (providers === 'real' && values.against !== undefined) {
    throw new UsageError('--against requires mock providers: with --providers real it would apply the other revision');
  }
  const denies = (['deny-destroy', 'deny-any-destroy'] as const).find((option) => values[option]);
  if (denies !== undefined && values.against === undefined && providers === 'mock') {
    throw new UsageError(`--${denies} requires --against: on an empty state, nothing is destroyed`);
  }
  return providers;
}

async function planned(
  project: Project,
  names: readonly string[],
  values: PlanValues,
  providers: 'mock' | 'real',
  workspace: Workspace,
  io: Io,
): Promise<OfflinePlan> {
  const { against, app } = values;
  const engine = engineOptions(values, workspace, io);
  const { stacksDir, selected } = await currentStacks(project, names, values, workspace, io);
  const request = { names, workspace, err: io.err, project, app };
  const baseline = against === undefined ? undefined : await baseRevision({ ...request, against });
  const status = new StatusLine(io);
  try {
    const result = await offlinePlan({
      ...engine,
      stacksDir,
      stacks: selected,
      providers,
      ...(baseline !== undefined && { baseline }),
      onProgress: (progress) => status.show(progress),
    });
    return onlyRequested(result, names, selected);
  } finally {
    status.clear();
  }
}

/** Drops the stacks that only the other revision has, unless they were requested. */
function onlyRequested(plan: OfflinePlan, names: readonly string[], selected: readonly string[]): OfflinePlan {
  const removed = plan.stacks.filter(({ name, ok }) => ok && !selected.includes(name)).map(({ name }) => name);
  const requested = new Set(selectStacks(names, removed).selected);
  const stacks = plan.stacks.filter(({ name, ok }) => !ok || selected.includes(name) || requested.has(name));
  return { ok: stacks.every(({ ok }) => ok), stacks };
}

function rendered(report: PlanReport, values: PlanValues, denials: readonly Denial[], io: Io): string {
  if (values.json) return planJson(report, denials);
  if (values.markdown) return planMarkdown(report, denials);
  return planText(report, { paint: style(io.colour), values: values.values === true });
}

/** Prints failures and denials to stderr; JSON and markdown contain them as well. */
function exitCode(report: PlanReport, denials: readonly Denial[], io: Io): ExitCode {
  io.err(diagnosticTexts(report.stacks, style(io.colour)));
  if (!report.ok) {
    const failed = report.stacks.filter(({ ok }) => !ok).map(({ name }) => name);
    io.err(`quayside: plan failed: ${failed.join(', ')}\n`);
    // What is rejected explains why it failed.
    if (!denials.some(({ reason }) => reason === 'rejected')) return EXIT.failed;
  }
  if (denials.length === 0) return EXIT.ok;
  io.err(`quayside: denied: ${denials.map(denialText).join('; ')}\n`);
  return EXIT.denied;
}

function denialText({ reason, count: number }: Denial): string {
  if (reason === 'rejected') return rejectionTitle(number);
  if (reason === 'outages') return outageTitle(number);
  const [noun, plural] =
    reason === 'destroyed' ? ['resource', 'resources'] : ['resource that holds data', 'resources that hold data'];
  return `${count(number, noun, plural)} would be destroyed or replaced`;
}

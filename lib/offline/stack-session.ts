import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChangeJson, PlanJson } from './plan-json';
import { OperationLog } from './provider/operation-log';
import { ProviderServer } from './provider/provider-server';
import type { AppliedResource, ResourcePlan, Progress, RehearsalStep, Stage, StackPlan } from './results';
import type { ProviderPackage } from './schema/provider-package';
import { schemasFor, unitedProviders, usedProviders, type UsedProvider } from './schema/used-types';
import { diagnosticsOf, parseMessage, parseMessages, type Diagnostic, type JsonMessage } from './terraform/diagnostics';
import type { TerraformCli } from './terraform/find-terraform';
import { offlineEnvironment, realEnvironment, runTerraform } from './terraform/run-terraform';
import type { SelfCleaningDirectory } from './workspace/self-cleaning-directory';
import type { StackCopy } from './workspace/stack-copy';
import { StateServer } from './workspace/state-server';

/** The default registries of Terraform and OpenTofu. */
const REGISTRIES = ['registry.terraform.io', 'registry.opentofu.org'];
/** Providers must not be installed: one without a mock is missing. */
const CLI_CONFIG =
  'disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = "/dev/null"\n  }\n}\n';
const PLAN_FILE = 'plan';
/** From this number of resources on, writing the state to a file takes longer than an `init`. */
const MANY_RESOURCES = 300;
/**
 * Go's garbage collection target percentage (default: 100): garbage collection takes a fifth of the run time of a small
 * stack.
 */
const GOGC = '400';
const APPLY_AT_ONCE = ['-json', '-input=false', '-lock=false', '-auto-approve'];
/** Terminal colour codes. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
const NO_RESOURCES: readonly ResourcePlan[] = [];

/** Shared by the sessions of one run. */
export interface SharedSession {
  readonly cli: TerraformCli;
  readonly tempDirectory: SelfCleaningDirectory;
  readonly providers: 'mock' | 'real';
  readonly packageOf: (provider: string) => ProviderPackage;
  readonly nextSocket: () => string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** The outcome of a stage, with Terraform's output. */
interface StageRun {
  readonly ok: boolean;
  readonly exitCode: number;
  readonly stdout: string;
  readonly seconds: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly messages: readonly JsonMessage[];
}

/** Runs Terraform on the private copy of a stack, with mock providers. */
export class StackSession {
  readonly log = new OperationLog();
  private servers: ProviderServer[] = [];
  private used: readonly UsedProvider[] = [];
  private env: NodeJS.ProcessEnv | undefined;
  private initialised = false;
  private stateServer: StateServer | undefined;

  constructor(
    readonly copy: StackCopy,
    private readonly shared: SharedSession,
  ) {}

  get name(): string {
    return this.copy.name;
  }

  /** Plans the configuration against the state of the copy. */
  async plan(options: { readonly destroy?: boolean; readonly stage?: Stage } = {}): Promise<StackPlan> {
    const prepared = await this.prepare();
    if (prepared) return failedPlan(this.name, prepared);
    return this.planned(options.stage ?? 'plan', options.destroy ? ['-destroy'] : []);
  }

  /**
   * Plans, and concurrently applies what other stacks read.
   * @param needed the addresses to apply, with their dependencies; if undefined, the whole stack
   * @returns promises of both; the apply may be done first
   */
  async planAndApply(
    needed: readonly string[] | undefined,
  ): Promise<{ readonly plan: Promise<StackPlan>; readonly applied?: Promise<RehearsalStep> }> {
    const prepared = await this.prepare();
    if (prepared) return { plan: Promise.resolve(failedPlan(this.name, prepared)) };
    const plan = this.planned('plan', [], this.stateServer ? this.copy.directory : this.copy.cloneWorkingCopy());
    // A state on the state server has no working copy: the plan would see what is applied.
    if (this.stateServer) await plan;
    const targets = (needed ?? []).map((address) => `-target=${address}`);
    const applied = this.applied('apply', ['apply', ...APPLY_AT_ONCE, ...targets]);
    return { plan, applied };
  }

  private async planned(stage: Stage, options: readonly string[], directory = this.copy.directory): Promise<StackPlan> {
    const args = ['plan', '-json', '-input=false', '-lock=false', `-out=${PLAN_FILE}`, ...options];
    const run = await this.stage(stage, args, directory);
    if (!run.ok) return failedPlan(this.name, run);
    const show = await this.terraform(['show', '-json', PLAN_FILE], directory);
    if (show.exitCode !== 0) return failedPlan(this.name, this.outcome(show, false));
    const plan = JSON.parse(show.stdout) as PlanJson;
    return {
      name: this.name,
      ok: true,
      plan,
      resources: this.resources(plan),
      diagnostics: run.diagnostics,
      seconds: run.seconds + show.seconds,
    };
  }

  /** Applies the last plan. */
  async apply(): Promise<RehearsalStep> {
    return this.applied('apply', ['apply', '-json', '-input=false', '-lock=false', PLAN_FILE]);
  }

  async destroy(): Promise<RehearsalStep> {
    return this.applied('destroy', ['destroy', ...APPLY_AT_ONCE]);
  }

  /** Stops the mock providers. The next run starts them again, for the then current copy and state. */
  async close(): Promise<void> {
    const { servers } = this;
    this.servers = [];
    this.env = undefined;
    this.initialised = false;
    await Promise.all([...servers.map((server) => server.stop()), this.stopStateServer()]);
  }

  private async applied(stage: 'apply' | 'destroy', args: readonly string[]): Promise<RehearsalStep> {
    const prepared = await this.prepare();
    if (prepared) return { ...prepared, stack: this.name, stage: 'init', order: [], resources: NO_RESOURCES };
    const run = await this.stage(stage, args);
    const { ok, seconds, diagnostics } = run;
    return {
      stack: this.name,
      stage,
      ok,
      seconds,
      diagnostics,
      order: this.order(run.messages),
      resources: NO_RESOURCES,
    };
  }

  /** Starts the mock providers; runs `init` if Terraform has something to install. Returns the failure, if any. */
  private async prepare(): Promise<StageRun | undefined> {
    const unknown = [...this.copy.unknownStates].map((id) => this.unknownState(id));
    if (unknown.length > 0)
      return { ok: false, exitCode: 1, stdout: '', seconds: 0, diagnostics: unknown, messages: [] };
    this.env ??= this.shared.providers === 'real' ? realEnvironment() : await this.startMockProviders();
    if (this.initialised) return undefined;
    const usesStateServer = await this.serveLargeState();
    if (this.shared.providers === 'real' || this.copy.hasModules || usesStateServer) {
      const init = await this.stage('init', [
        'init',
        '-input=false',
        '-no-color',
        ...(usesStateServer ? ['-reconfigure'] : []),
      ]);
      if (!init.ok) return init;
    }
    this.initialised = true;
    return undefined;
  }

  /** Keeps a large stack's state on a state server instead of in a file, if possible. */
  private async serveLargeState(): Promise<boolean> {
    if (this.shared.providers === 'real' || this.copy.resourceCount < MANY_RESOURCES) return false;
    this.stateServer = new StateServer(this.copy.statePath);
    const address = await this.stateServer.start();
    if (address === undefined) return false;
    this.copy.useHttpBackend(address);
    return true;
  }

  private async stopStateServer(): Promise<void> {
    const { stateServer } = this;
    if (!stateServer) return;
    this.stateServer = undefined;
    await stateServer.stop();
    this.copy.useLocalBackend();
  }

  private unknownState(id: string): Diagnostic {
    const address = `data.terraform_remote_state.${id}`;
    return {
      severity: 'error',
      summary: `${address} reads a state that no stack of the app owns`,
      detail: `Provide its outputs: remoteStates: { '${id}': { ... } }, or the stacks of the app that owns it: statesFrom.`,
      addresses: [address],
      paths: [this.copy.paths.path(address) ?? []].flat(),
    };
  }

  private async startMockProviders(): Promise<NodeJS.ProcessEnv> {
    this.used = unitedProviders(this.used, usedProviders(this.copy.json));
    const reattach: Record<string, object> = {};
    for (const used of this.used) {
      const schemas = schemasFor(used, this.shared.packageOf(used.name));
      const server = new ProviderServer(schemas, this.log, this.shared.nextSocket());
      const entry = await server.start();
      this.servers.push(server);
      for (const registry of used.registry ? [used.registry] : REGISTRIES)
        reattach[`${registry}/${used.source}`] = entry;
    }
    const config = join(this.shared.tempDirectory.path, 'terraform.rc');
    writeFileSync(config, CLI_CONFIG);
    const environment = offlineEnvironment(config, reattach);
    return this.copy.resourceCount < MANY_RESOURCES ? { GOGC, ...environment } : environment;
  }

  private async stage(stage: Stage, args: readonly string[], directory = this.copy.directory): Promise<StageRun> {
    const { onProgress } = this.shared;
    onProgress?.({ kind: 'stage-start', stack: this.name, stage });
    const run = await this.terraform(args, directory, onProgress && ((line) => this.report(line)));
    const outcome = this.outcome(run, run.exitCode === 0);
    onProgress?.({ kind: 'stage-end', stack: this.name, stage, ok: outcome.ok, seconds: run.seconds });
    return outcome;
  }

  private terraform(args: readonly string[], directory: string, onLine?: (line: string) => void) {
    const { cli, tempDirectory, signal } = this.shared;
    return runTerraform({ cli, args, directory, env: this.env!, tempDirectory, signal, onLine });
  }

  private outcome(run: Awaited<ReturnType<typeof runTerraform>>, ok: boolean): StageRun {
    const messages = parseMessages(run.stdout);
    const diagnostics = diagnosticsOf(messages, this.copy.paths);
    const isReported = ok || diagnostics.some(({ severity }) => severity === 'error');
    return {
      ok,
      exitCode: run.exitCode,
      stdout: run.stdout,
      seconds: run.seconds,
      messages,
      diagnostics: isReported ? diagnostics : [...diagnostics, plainDiagnostic(run.stderr || run.stdout, run.exitCode)],
    };
  }

  private report(line: string): void {
    const message = parseMessage(line);
    const address = message?.hook?.resource?.addr;
    if (message?.type !== 'apply_complete' || address === undefined) return;
    const path = this.copy.paths.path(address);
    const action = message.hook?.action ?? '';
    this.shared.onProgress?.({
      kind: 'resource',
      stack: this.name,
      address,
      ...(path !== undefined && { path }),
      action,
    });
  }

  private order(messages: readonly JsonMessage[]): readonly AppliedResource[] {
    const started = new Map<string, string>();
    return messages.flatMap((message) => {
      const address = message.hook?.resource?.addr;
      if (address === undefined || message.hook?.action === 'read') return [];
      const action = message.hook?.action ?? '';
      const time = message['@timestamp'] ?? '';
      const key = `${action} ${address}`;
      if (message.type === 'apply_start') started.set(key, time);
      if (message.type !== 'apply_complete' && message.type !== 'apply_errored') return [];
      const path = this.copy.paths.path(address);
      const ok = message.type === 'apply_complete';
      return [{ address, ...(path !== undefined && { path }), action, ok, start: started.get(key) ?? time, end: time }];
    });
  }

  private resources(plan: PlanJson): readonly ResourcePlan[] {
    return (plan.resource_changes ?? []).map(({ address, previous_address, type, mode, change }) => {
      const path = this.copy.paths.path(address);
      return {
        address,
        ...(path !== undefined && { path }),
        type,
        mode,
        ...changeOf(change),
        ...(previous_address !== undefined && { previousAddress: previous_address }),
      };
    });
  }
}

function changeOf({ actions, before, after, after_unknown, replace_paths }: ChangeJson) {
  return {
    actions,
    before,
    after: after ?? null,
    afterUnknown: after_unknown ?? {},
    replacePaths: replace_paths ?? [],
  };
}

function failedPlan(name: string, { diagnostics, seconds }: StageRun): StackPlan {
  return { name, ok: false, resources: NO_RESOURCES, diagnostics, seconds };
}

/** The diagnostic for output that is not JSON. */
function plainDiagnostic(output: string, exitCode: number): Diagnostic {
  const text = output.replace(COLOURS, '').replace(/[╷│╵]/g, ' ').trim();
  const [summary = '', ...detail] = text.split('\n').map((line) => line.trim());
  return {
    severity: 'error',
    summary: summary.replace(/^Error: /, '') || `Terraform exited with code ${exitCode}`,
    detail: detail.join('\n').trim(),
    addresses: [],
    paths: [],
  };
}

import type { PlanJson } from './plan-json';
import { nameConflicts } from './provider/name-conflicts';
import { OperationLog } from './provider/operation-log';
import type { UniqueObjects } from './provider/unique-objects';
import { ProviderServer } from './provider/provider-server';
import type { Progress, RehearsalStep, Stage, StackPlan } from './results';
import type { ProviderPackage } from './schema/provider-package';
import { schemasFor, unitedProviders, usedProviders, type UsedProvider } from './schema/used-types';
import {
  appliedResources,
  failedPlan,
  NO_RESOURCES,
  plainDiagnostic,
  plannedResources,
  type StageRun,
} from './stage-results';
import { diagnosticsOf, parseMessage, parseMessages, type Diagnostic } from './terraform/diagnostics';
import type { TerraformCli } from './terraform/find-terraform';
import { remainingIn } from './isolation/remaining-provisioners';
import { downloadEnvironment, offlineEnvironment, realEnvironment } from './terraform/environment';
import { runTerraform } from './terraform/run-terraform';
import { addressesInState } from './workspace/external-state';
import type { SelfCleaningDirectory } from './workspace/self-cleaning-directory';
import type { StackCopy } from './workspace/stack-copy';
import { StateServer } from './workspace/state-server';

/** The default registries of Terraform and OpenTofu. */
const REGISTRIES = ['registry.terraform.io', 'registry.opentofu.org'];
const PLAN_FILE = 'plan';
/** From this number of resources on, writing the state to a file takes longer than an `init`. */
const MANY_RESOURCES = 300;
/**
 * Go's garbage collection target percentage (default: 100): garbage collection takes a fifth of the run time of a small
 * stack.
 */
const GOGC = '400';
const APPLY_AT_ONCE = ['-json', '-input=false', '-lock=false', '-auto-approve'];

/** Shared by the sessions of one run. */
export interface SharedSession {
  readonly cli: TerraformCli;
  readonly tempDirectory: SelfCleaningDirectory;
  readonly providers: 'mock' | 'real';
  readonly packageOf: (provider: string) => ProviderPackage;
  readonly nextSocket: () => string;
  /** The objects that exist in the run's accounts and clusters. */
  readonly objects: UniqueObjects;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
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
  async plan(stage: Stage = 'plan', options: readonly string[] = []): Promise<StackPlan> {
    const prepared = await this.prepare();
    return prepared ? failedPlan(this.name, prepared) : this.planned(stage, options);
  }

  /** Plans the destruction of a stack that the app no longer has, and with it its `prevent_destroy`. */
  async planDestroy(): Promise<StackPlan> {
    this.copy.unprotect();
    return this.plan('plan', ['-destroy']);
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
    // A state on the state server has no working copy: the plan would see what is applied. Of files that are not the
    // stack's own, the plan tells whether they run anything.
    if ((this.stateServer || this.copy.hasOtherFiles) && !(await plan).ok) return { plan };
    const isChange = this.appliedAddresses.size > 0;
    const targets = (needed ?? []).map((address) => `-target=${address}`);
    const applied = this.applied('apply', ['apply', ...APPLY_AT_ONCE, ...targets]);
    // A plan of an empty state deletes nothing, and a targeted apply nothing that the configuration no longer has.
    if (needed || !isChange) return { plan, applied };
    const checked = Promise.all([plan, applied]).then(([{ resources }, step]) => {
      const conflicts = nameConflicts(resources, this.copy.json);
      return conflicts.length > 0 ? this.rejectedApply(conflicts) : step;
    });
    return { plan, applied: checked };
  }

  private rejectedApply(diagnostics: readonly Diagnostic[]): RehearsalStep {
    return { stack: this.name, stage: 'apply', ok: false, seconds: 0, diagnostics, order: [], resources: NO_RESOURCES };
  }

  private async planned(stage: Stage, options: readonly string[], directory = this.copy.directory): Promise<StackPlan> {
    const args = ['plan', '-json', '-input=false', '-lock=false', `-out=${PLAN_FILE}`, ...options];
    const run = await this.stage(stage, args, directory);
    if (!run.ok) return failedPlan(this.name, run);
    const show = await this.terraform(['show', '-json', PLAN_FILE], directory);
    if (show.exitCode !== 0) return failedPlan(this.name, this.outcome(show, false));
    const plan = JSON.parse(show.stdout) as PlanJson;
    const remaining = this.isMocked ? remainingIn(plan.configuration, this.copy.remoteStates) : [];
    if (remaining.length > 0) return { ...failedPlan(this.name, run), diagnostics: remaining };
    const skipped = this.isMocked ? this.copy.skippedProvisioners : [];
    return {
      name: this.name,
      ok: true,
      plan,
      resources: plannedResources(plan, this.copy.paths),
      diagnostics: run.diagnostics,
      seconds: run.seconds + show.seconds,
      ...(skipped.length > 0 && { skippedProvisioners: skipped }),
    };
  }

  /** Applies the last plan. */
  async apply({ resources }: StackPlan): Promise<RehearsalStep> {
    const conflicts = nameConflicts(resources, this.copy.json);
    if (conflicts.length > 0) return this.rejectedApply(conflicts);
    return this.applied('apply', ['apply', '-json', '-input=false', '-lock=false', PLAN_FILE]);
  }

  /** Plans and applies a stack that has no state yet in one run, if nobody has to see the plan. */
  async create(): Promise<RehearsalStep | StackPlan> {
    // Of files that are not the stack's own, the plan tells whether they run anything.
    if (!this.copy.hasOtherFiles) return this.applied('apply', ['apply', ...APPLY_AT_ONCE]);
    const plan = await this.plan();
    return plan.ok ? this.apply(plan) : plan;
  }

  /**
   * Turns deletion protection off, and removes `prevent_destroy`, as an apply of its own. Undefined if the stack has
   * neither.
   * @param isPartial an apply failed: only what exists is changed
   */
  async unprotect(isPartial: boolean): Promise<RehearsalStep | undefined> {
    const addresses = this.copy.unprotect();
    const existing = this.appliedAddresses;
    const targets = isPartial ? addresses.filter((address) => existing.has(address)) : addresses;
    if (targets.length === 0) return undefined;
    const options = isPartial ? targets.map((address) => `-target=${address}`) : [];
    return this.applied('unprotect', ['apply', ...APPLY_AT_ONCE, ...options]);
  }

  /**
   * @param isPartial an apply failed: only a refresh tells which data sources were not read. Otherwise the state is that of
   * the last apply, and a refresh would be one more plan of the whole stack.
   */
  async destroy(isPartial: boolean): Promise<RehearsalStep> {
    return this.applied('destroy', ['destroy', ...APPLY_AT_ONCE, ...(isPartial ? [] : ['-refresh=false'])]);
  }

  /** Stops the mock providers. The next run starts them again, for the then current copy and state. */
  async close(): Promise<void> {
    const { servers } = this;
    this.servers = [];
    this.env = undefined;
    this.initialised = false;
    await Promise.all([...servers.map((server) => server.stop()), this.stopStateServer()]);
  }

  /** The addresses of the state's resources, without indexes. */
  private get appliedAddresses(): ReadonlySet<string> {
    return addressesInState(this.stateServer?.text ?? this.copy.readState() ?? '');
  }

  private get isMocked(): boolean {
    return this.shared.providers === 'mock';
  }

  private async applied(stage: 'apply' | 'unprotect' | 'destroy', args: readonly string[]): Promise<RehearsalStep> {
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
      order: appliedResources(run.messages, this.copy.paths),
      resources: NO_RESOURCES,
    };
  }

  /** Starts the mock providers; runs `init` if Terraform has something to install. Returns the failure, if any. */
  private async prepare(): Promise<StageRun | undefined> {
    const unknown = [...this.copy.unknownStates].map((id) => this.unknownState(id));
    if (unknown.length > 0)
      return { ok: false, exitCode: 1, stdout: '', seconds: 0, diagnostics: unknown, messages: [] };
    this.env ??= this.isMocked ? await this.startMockProviders() : realEnvironment();
    if (this.initialised) return undefined;
    const rejected = this.isolate();
    if (rejected) return rejected;
    const usesStateServer = await this.serveLargeState();
    if (!this.isMocked || this.copy.hasModules || usesStateServer) {
      const init = await this.init(usesStateServer);
      if (!init.ok) return init;
      const rejectedModules = this.isolate();
      if (rejectedModules) return rejectedModules;
    }
    this.initialised = true;
    return undefined;
  }

  private init(usesStateServer: boolean): Promise<StageRun> {
    const download = this.isMocked && this.copy.hasModules ? downloadEnvironment() : {};
    const args = ['init', '-input=false', '-no-color', ...(usesStateServer ? ['-reconfigure'] : [])];
    return this.stage('init', args, this.copy.directory, download);
  }

  /** Takes what must not be run out of files besides the stack's own. Returns the failure, if any. */
  private isolate(): StageRun | undefined {
    const errors = this.isMocked ? this.copy.isolate() : [];
    if (errors.length === 0) return undefined;
    return { ok: false, exitCode: 1, stdout: '', seconds: 0, diagnostics: errors, messages: [] };
  }

  /** Keeps a large stack's state on a state server instead of in a file, if possible. */
  private async serveLargeState(): Promise<boolean> {
    if (!this.isMocked || this.copy.resourceCount < MANY_RESOURCES) return false;
    this.stateServer = new StateServer(this.copy.statePath);
    const address = await this.stateServer.start();
    if (address === undefined) return false;
    this.copy.useHttpBackend(address);
    this.env = { ...this.env, ...this.stateServer.credentials };
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
      const server = new ProviderServer(schemas, this.log, this.shared.objects, this.shared.nextSocket());
      const entry = await server.start();
      this.servers.push(server);
      for (const registry of used.registry ? [used.registry] : REGISTRIES)
        reattach[`${registry}/${used.source}`] = entry;
    }
    return {
      ...offlineEnvironment(this.shared.tempDirectory.path),
      TF_REATTACH_PROVIDERS: JSON.stringify(reattach),
      ...(this.copy.resourceCount < MANY_RESOURCES && { GOGC }),
    };
  }

  private async stage(
    stage: Stage,
    args: readonly string[],
    directory = this.copy.directory,
    variables: NodeJS.ProcessEnv = {},
  ): Promise<StageRun> {
    const { onProgress } = this.shared;
    onProgress?.({ kind: 'stage-start', stack: this.name, stage });
    const run = await this.terraform(args, directory, onProgress && ((line) => this.report(line)), variables);
    const outcome = this.outcome(run, run.exitCode === 0);
    onProgress?.({ kind: 'stage-end', stack: this.name, stage, ok: outcome.ok, seconds: run.seconds });
    return outcome;
  }

  private terraform(
    args: readonly string[],
    directory: string,
    onLine?: (line: string) => void,
    variables: NodeJS.ProcessEnv = {},
  ) {
    const { cli, tempDirectory, signal } = this.shared;
    const env = { ...this.env, ...variables };
    return runTerraform({ cli, args, directory, env, tempDirectory, signal, onLine });
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
}

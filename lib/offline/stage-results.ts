import type { ChangeJson, PlanJson } from './plan-json';
import type { AppliedResource, ResourcePlan, StackPlan } from './results';
import type { Diagnostic, JsonMessage } from './terraform/diagnostics';
import type { ConstructPaths } from './workspace/construct-paths';

/** Terminal colour codes. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
export const NO_RESOURCES: readonly ResourcePlan[] = [];

/** The outcome of a stage, with Terraform's output. */
export interface StageRun {
  readonly ok: boolean;
  readonly exitCode: number;
  readonly stdout: string;
  readonly seconds: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly messages: readonly JsonMessage[];
}

/** The resources that an apply changed, in the order of completion. */
export function appliedResources(messages: readonly JsonMessage[], paths: ConstructPaths): readonly AppliedResource[] {
  const started = new Map<string, string>();
  return messages.flatMap((message) => {
    const address = message.hook?.resource?.addr;
    if (address === undefined || message.hook?.action === 'read') return [];
    const action = message.hook?.action ?? '';
    const time = message['@timestamp'] ?? '';
    const key = `${action} ${address}`;
    if (message.type === 'apply_start') started.set(key, time);
    if (message.type !== 'apply_complete' && message.type !== 'apply_errored') return [];
    const path = paths.path(address);
    const ok = message.type === 'apply_complete';
    return [{ address, ...(path !== undefined && { path }), action, ok, start: started.get(key) ?? time, end: time }];
  });
}

export function plannedResources(plan: PlanJson, paths: ConstructPaths): readonly ResourcePlan[] {
  return (plan.resource_changes ?? []).map(({ address, previous_address, type, mode, change }) => {
    const path = paths.path(address);
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
function changeOf({ actions, before, after, after_unknown, replace_paths }: ChangeJson) {
  return {
    actions,
    before,
    after: after ?? null,
    afterUnknown: after_unknown ?? {},
    replacePaths: replace_paths ?? [],
  };
}

export function failedPlan(name: string, { diagnostics, seconds }: StageRun): StackPlan {
  return { name, ok: false, resources: NO_RESOURCES, diagnostics, seconds };
}

/** The diagnostic for output that is not JSON. */
export function plainDiagnostic(output: string, exitCode: number): Diagnostic {
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

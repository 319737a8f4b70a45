export { offlinePlan, type OfflinePlanOptions } from './offline-plan';
export { offlineRehearsal, type RehearsalOptions } from './offline-rehearsal';
export { type AppVersion, OfflineSession, type OfflineOptions } from './offline-session';
export { SchemaError } from './schema/provider-package';
export { TerraformNotFoundError, findTerraform, type TerraformCli } from './terraform/find-terraform';
export type { Diagnostic } from './terraform/diagnostics';
export type * from './plan-json';
export type * from './results';
export type { StackSession } from './stack-session';

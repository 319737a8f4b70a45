// The public test kit. Code that runs Terraform is loaded only when something is planned.
export { type AppSource } from './app-source';
export { installMatchers } from './install';
export { type Changes } from './match/changes';
export { type Expected } from './match/expected';
export { type Selector } from './match/selector';
export { matchers, type QuaysideMatchers } from './matchers';
export { hasTerraform, planApp, planStack, type PlanOptions } from './plan';
export { PlanError } from './plan-error';
export { KNOWN_AFTER_APPLY, type PlannedAction, type PlannedResource, PlannedStack } from './planned-stack';
export { type RehearsedResource, RehearsedApp, rehearse, type RehearseOptions } from './rehearse';
export { type AppliedChange, RehearsedStep, rehearseChanges } from './rehearse-changes';
export { type ResourceClass, type ResourceType } from './resource-type';
export { planSnapshot, stackSnapshot } from './snapshot/stack-snapshot';
export { snapshotSerializer } from './snapshot/matches-snapshot';
export { type SynthesizedResource, SynthesizedStack, synthApp, synthStack } from './synthesized-stack';

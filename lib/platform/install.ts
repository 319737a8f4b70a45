import { TerraformOutput, type TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { asyncProblem } from '../core/async-problem';
import { check, type Problem } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { literalText } from '../core/literal-text';
import { resolveToken } from '../core/resolve-token';
import type { AddOn, AddOnOutputs as Outputs } from './add-on';
import { orderAddOns } from './add-on-order';
import type { Infrastructure } from './infrastructure';
import type { Platform } from './platform';

/** Outputs that infrastructure halves pass to platform halves, by add-on. */
export type OutputsByAddOn = ReadonlyMap<string, Outputs>;

/** Installs the infrastructure halves, required add-ons first. */
export function installInfrastructure(
  scope: Construct,
  addOns: readonly AddOn[],
  infrastructure: Infrastructure,
): OutputsByAddOn {
  const installed = orderAddOns(addOns).flatMap((addOn) => {
    if (!addOn.infrastructure) return [];
    const half = new Construct(scope, addOn.infrastructureId ?? addOn.name);
    const returned = addOn.infrastructure(half, infrastructure);
    check(half, asyncProblem(`infrastructure() of add-on '${addOn.name}'`, returned));
    const outputs: Outputs = returned ?? {};
    check(half, ...returnedProblems(addOn, outputs));
    return [[addOn.name, outputs] as const];
  });
  return new Map(installed);
}

/** Installs the platform halves, required add-ons first. */
export function installPlatform(
  scope: Construct,
  addOns: readonly AddOn[],
  platform: Platform,
  outputs: OutputsByAddOn,
): void {
  for (const addOn of orderAddOns(addOns)) {
    if (!addOn.platform) continue;
    const half = new Construct(scope, addOn.name);
    const returned: unknown = addOn.platform(half, platform, outputs.get(addOn.name) ?? {});
    check(half, asyncProblem(`platform() of add-on '${addOn.name}'`, returned));
    dependsOn(half, ...platform.readyForPods);
  }
}

/** Adds the outputs of the infrastructure halves to the stack, unless it already has an equal one. */
export function exportAddOnOutputs(stack: TerraformStack, addOns: readonly AddOn[], outputs: OutputsByAddOn): void {
  for (const { name, outputs: names = {} } of addOns) {
    for (const [key, output] of Object.entries<string>(names)) {
      const value = outputs.get(name)?.[key];
      const existing = stack.node.tryFindChild(output);
      if (!existing) literalText(new TerraformOutput(stack, output, { value, staticId: true }));
      else check(stack, !hasValue(stack, existing, value) && takenProblem(name, output));
    }
  }
}

/** Reads the outputs from the state of that stack. */
export function readAddOnOutputs(addOns: readonly AddOn[], read: (output: string) => string): OutputsByAddOn {
  return new Map(
    addOns.map(({ name, outputs = {} }) => {
      const entries = Object.entries<string>(outputs).map(([key, output]) => [key, read(output)]);
      return [name, Object.fromEntries(entries) as Outputs];
    }),
  );
}

function returnedProblems({ name, outputs = {} }: AddOn, returned: Outputs): readonly Problem[] {
  const declared = Object.keys(outputs);
  if (Array.isArray(returned) || typeof returned !== 'object') {
    return [`infrastructure() of add-on '${name}' must return an object of strings, got ${kindOf(returned)}`];
  }
  return [
    ...declared.map((key) => outputProblem(name, key, returned[key])),
    ...Object.keys(returned)
      .filter((key) => !declared.includes(key))
      .map((key) => `infrastructure() of add-on '${name}' returns '${key}', which is not in outputs: declare it there`),
  ];
}

function outputProblem(addOn: string, key: string, value: unknown): Problem {
  if (value === undefined)
    return `add-on '${addOn}' declares the output '${key}', which infrastructure() does not return: return it`;
  return typeof value !== 'string' && `output '${key}' of add-on '${addOn}' must be a string, got ${kindOf(value)}`;
}

/** Not the value: it may be a construct. */
function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : `a value of type ${value === null ? 'null' : typeof value}`;
}

function hasValue(stack: TerraformStack, existing: IConstruct, value: string | undefined): boolean {
  return (
    TerraformOutput.isTerraformOutput(existing) &&
    typeof existing.value === 'string' &&
    value !== undefined &&
    resolveToken(stack, existing.value) === resolveToken(stack, value)
  );
}

function takenProblem(addOn: string, output: string): string {
  return `add-on '${addOn}' has the output '${output}', a name that the infrastructure stack already uses: rename it`;
}

import { TerraformOutput, type TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { check, type Problem } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { resolveToken } from '../core/resolve-token';
import type { AddOn } from './add-on';
import { orderAddOns } from './add-on-order';
import type { Infrastructure } from './infrastructure';
import type { Platform } from './platform';

type Outputs = Readonly<Record<string, string>>;

/** What the infrastructure halves hand to the platform halves, by add-on. */
export type AddOnOutputs = ReadonlyMap<string, Outputs>;

/** Installs the infrastructure halves, those that others require first. */
export function installInfrastructure(
  scope: Construct,
  addOns: readonly AddOn[],
  infrastructure: Infrastructure,
): AddOnOutputs {
  const installed = orderAddOns(addOns).flatMap((addOn) => {
    if (!addOn.infrastructure) return [];
    const home = new Construct(scope, addOn.infrastructureId ?? addOn.name);
    const outputs: Outputs = addOn.infrastructure(home, infrastructure) ?? {};
    check(home, ...returnedProblems(addOn, outputs));
    return [[addOn.name, outputs] as const];
  });
  return new Map(installed);
}

/** Installs the platform halves, those that others require first. */
export function installPlatform(
  scope: Construct,
  addOns: readonly AddOn[],
  platform: Platform,
  outputs: AddOnOutputs,
): void {
  for (const addOn of orderAddOns(addOns)) {
    if (!addOn.platform) continue;
    const home = new Construct(scope, addOn.name);
    addOn.platform(home, platform, outputs.get(addOn.name) ?? {});
    dependsOn(home, ...platform.readyForPods);
  }
}

/** Writes what the infrastructure halves returned into the stack's state. One that the stack writes itself is shared. */
export function exportAddOnOutputs(stack: TerraformStack, addOns: readonly AddOn[], outputs: AddOnOutputs): void {
  for (const { name, outputs: names = {} } of addOns) {
    for (const [key, output] of Object.entries<string>(names)) {
      const value = outputs.get(name)?.[key];
      const existing = stack.node.tryFindChild(output);
      if (!existing) new TerraformOutput(stack, output, { value, staticId: true });
      else check(stack, !hasValue(stack, existing, value) && takenProblem(name, output));
    }
  }
}

/** Reads them out of that state. */
export function readAddOnOutputs(addOns: readonly AddOn[], read: (output: string) => string): AddOnOutputs {
  return new Map(
    addOns.map(({ name, outputs = {} }) => {
      const entries = Object.entries<string>(outputs).map(([key, output]) => [key, read(output)]);
      return [name, Object.fromEntries(entries) as Outputs];
    }),
  );
}

function returnedProblems({ name, outputs = {} }: AddOn, returned: Outputs): readonly Problem[] {
  const declared = Object.keys(outputs);
  return [
    ...declared
      .filter((key) => typeof returned[key] !== 'string')
      .map((key) => `add-on '${name}' declares the output '${key}', which infrastructure() does not return: return it`),
    ...Object.keys(returned)
      .filter((key) => !declared.includes(key))
      .map((key) => `infrastructure() of add-on '${name}' returns '${key}': declare it in outputs, with a name`),
  ];
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
  return `add-on '${addOn}' has the output '${output}', and so has the infrastructure itself: rename it`;
}

import { Construct } from 'constructs';
import { check, type Problem } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { duplicates } from '../core/duplicates';
import type { Platform } from './platform';

/** Where an add-on's objects live: `infrastructure` knows only AWS, `platform` the inside of the cluster too. */
export type AddOnStack = 'infrastructure' | 'platform';

/** Something that an environment's cluster is given: a value, listed in the environment's data. */
export interface AddOn {
  /** Unique in an environment; its objects' addresses begin with it. */
  readonly name: string;
  readonly stack: AddOnStack;
  /**
   * Names of add-ons that must be listed too. They are installed first.
   * @default none
   */
  readonly requires?: readonly string[];
  /** Places the objects below `scope`. The same platform serves every add-on of the stack. */
  install(scope: Construct, platform: Platform): void;
}

/** Installs the add-ons that belong in this stack, those that others require first. */
export function installAddOns(
  scope: Construct,
  { stack, addOns, platform }: { stack: AddOnStack; addOns: readonly AddOn[]; platform: Platform },
): void {
  check(scope, ...addOnProblems(addOns));
  for (const addOn of orderAddOns(addOns).filter((one) => one.stack === stack)) {
    const home = new Construct(scope, addOn.name);
    addOn.install(home, platform);
    dependsOn(home, ...platform.readyForPods);
  }
}

/** What is wrong with a list of add-ons. Those of every stack of the environment belong in it. */
export function addOnProblems(addOns: readonly AddOn[]): readonly Problem[] {
  const byName = new Map(addOns.map((addOn) => [addOn.name, addOn]));
  const twice = duplicates(addOns.map(({ name }) => name));
  return [
    ...twice.map((name) => `addOns has '${name}' twice: list it once`),
    ...addOns.flatMap((addOn) => (addOn.requires ?? []).flatMap((name) => requirementProblems(addOn, name, byName))),
    ...cycle(addOns, byName),
  ];
}

/** What is required first, otherwise as listed. For a list without problems. */
export function orderAddOns(addOns: readonly AddOn[]): readonly AddOn[] {
  const byName = new Map(addOns.map((addOn) => [addOn.name, addOn]));
  const ordered = new Set<AddOn>();
  const visiting = new Set<AddOn>();
  const visit = (addOn: AddOn): void => {
    if (ordered.has(addOn) || visiting.has(addOn)) return;
    visiting.add(addOn);
    for (const name of addOn.requires ?? []) {
      const required = byName.get(name);
      if (required) visit(required);
    }
    ordered.add(addOn);
  };
  for (const addOn of addOns) visit(addOn);
  return [...ordered];
}

function requirementProblems(addOn: AddOn, name: string, byName: ReadonlyMap<string, AddOn>): readonly Problem[] {
  const required = byName.get(name);
  if (!required) return [`add-on '${addOn.name}' requires '${name}', which addOns lacks: add it`];
  if (addOn.stack === 'infrastructure' && required.stack === 'platform') {
    return [
      `add-on '${addOn.name}' of the infrastructure stack requires '${name}' of the platform stack, which is deployed later: drop the requirement`,
    ];
  }
  return [];
}

/** The first circle of requirements, by the names along it. */
function cycle(addOns: readonly AddOn[], byName: ReadonlyMap<string, AddOn>): string[] {
  const safe = new Set<string>();
  const search = (name: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (safe.has(name)) return undefined;
    for (const next of byName.get(name)?.requires ?? []) {
      const found = search(next, [...path, name]);
      if (found) return found;
    }
    safe.add(name);
    return undefined;
  };
  for (const { name } of addOns) {
    const found = search(name, []);
    if (found) return [`addOns require one another in a circle: ${found.join(' -> ')}: drop one requirement`];
  }
  return [];
}

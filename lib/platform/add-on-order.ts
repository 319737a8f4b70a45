import type { Problem } from '../core/check';
import { STANDARD_ADD_ONS } from '../cluster/eks-add-on-props';
import { duplicates, repetitions } from '../core/duplicates';
import type { AddOn } from './add-on';
import { isRequesting } from './requested-settings';

/** Problems of an environment's list of add-ons, each of which is valid by itself. */
export function addOnProblems(addOns: readonly AddOn[]): readonly Problem[] {
  const byName = new Map(addOns.map((addOn) => [addOn.name, addOn]));
  return [
    ...duplicates(addOns.map(({ name }) => name)).map((name) => `addOns has '${name}' twice: list it once`),
    ...addOns.map(halvesProblem),
    ...addOns.map(idProblem),
    ...sharedIdProblems(addOns),
    ...addOns.flatMap((addOn) => (addOn.requires ?? []).map((name) => requirementProblem(addOn, name, byName))),
    ...cycleProblems(addOns, byName),
    ...outputProblems(addOns),
  ];
}

/** Required add-ons first, otherwise in listed order. The list must have no problems. */
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

/** Ids of the stacks' own constructs, in the same scope as the halves. */
const TAKEN_IDS = {
  infrastructure: new Set<string>(STANDARD_ADD_ONS),
  platform: new Set(['add-ons', 'aws', 'backend', 'infrastructure', 'kubernetes', 'platform']),
};

function idProblem({ name, infrastructureId = name, infrastructure, platform }: AddOn): Problem {
  const isTaken =
    (platform && TAKEN_IDS.platform.has(name)) || (infrastructure && TAKEN_IDS.infrastructure.has(infrastructureId));
  return isTaken && `add-on '${name}' uses the id of a construct of the environment: rename it`;
}

function sharedIdProblems(addOns: readonly AddOn[]): readonly Problem[] {
  const placed = addOns.filter(({ infrastructure }) => infrastructure);
  return repetitions(placed, ({ name, infrastructureId = name }) => infrastructureId)
    .filter(({ first, second }) => first.name !== second.name)
    .map(
      ({ first, second }) =>
        `add-ons '${first.name}' and '${second.name}' both have the infrastructureId '${second.infrastructureId ?? second.name}': rename one`,
    );
}

function halvesProblem({ name, infrastructure, platform, settings, outputs = {}, ...rest }: AddOn): Problem {
  if (!infrastructure && Object.keys(outputs).length > 0)
    return `add-on '${name}' has outputs, which only infrastructure() returns: implement it, or remove the outputs`;
  if (infrastructure || platform || isRequesting(settings)) return false;
  // The interface before add-ons had two halves.
  return 'install' in rest
    ? `add-on '${name}' has install(), which was replaced: implement platform(), or infrastructure() for AWS resources that need no cluster`
    : `add-on '${name}' has neither infrastructure() nor platform(): implement one`;
}

function requirementProblem(addOn: AddOn, name: string, byName: ReadonlyMap<string, AddOn>): Problem {
  const required = byName.get(name);
  if (!required) return `add-on '${addOn.name}' requires '${name}', which is not in addOns: add it`;
  return (
    !addOn.platform &&
    !required.infrastructure &&
    `add-on '${addOn.name}' of the infrastructure stack requires '${name}' of the platform stack, which is deployed later: remove the requirement`
  );
}

/** The first dependency cycle, by name. */
function cycleProblems(addOns: readonly AddOn[], byName: ReadonlyMap<string, AddOn>): readonly Problem[] {
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
    if (found) return [`addOns have a dependency cycle (${found.join(' -> ')}): remove one requirement`];
  }
  return [];
}

/** Output names are state: they must not depend on which other add-ons are installed. */
const OUTPUT_NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

function outputProblems(addOns: readonly AddOn[]): readonly Problem[] {
  const outputs = addOns.flatMap(({ name, outputs = {} }) =>
    Object.values<string>(outputs).map((output) => ({ addOn: name, output })),
  );
  return [
    ...outputs.map(
      ({ addOn, output }) =>
        !OUTPUT_NAME.test(output) &&
        `add-on '${addOn}' has the output '${output}': use lowercase words joined by '_', such as log_bucket_name`,
    ),
    ...duplicates(outputs.map(({ output }) => output)).map((duplicate) => {
      const owners = outputs.filter(({ output }) => output === duplicate).map(({ addOn }) => `'${addOn}'`);
      return `add-ons ${owners.join(' and ')} have the same output '${duplicate}': rename one`;
    }),
  ];
}

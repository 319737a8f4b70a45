import { dependable, TerraformResource, type ITerraformDependable } from 'cdktf';
import type { IConstruct } from 'constructs';
import { isRecord } from './record';
import { list, value } from './shape';

/** What others are created after. A construct of several resources has no address of its own. */
export const DEPENDABLES = list(
  value<ITerraformDependable>(
    'a resource, such as nodeGroup.ready[0]',
    (given) => isRecord(given) && typeof given['fqn'] === 'string',
  ),
  'a list of resources, such as nodeGroup.ready',
);

/** The dependencies of each resource. cdktf stores them as tokens, which cannot be compared. */
const dependencies = new WeakMap<TerraformResource, Set<ITerraformDependable>>();

/**
 * Orders creation and destruction: every resource in `dependent` is created after the prerequisites, and destroyed
 * before them. Emits Terraform's `depends_on`; cdktf ignores `node.addDependency`.
 *
 * Pass few prerequisites: the last resource of a chain is enough.
 */
export function dependsOn(dependent: IConstruct, ...prerequisites: readonly ITerraformDependable[]): void {
  if (prerequisites.length === 0) return;
  for (const construct of dependent.node.findAll()) {
    if (TerraformResource.isTerraformResource(construct)) addEdges(construct, prerequisites);
  }
}

function addEdges(resource: TerraformResource, prerequisites: readonly ITerraformDependable[]): void {
  const known = dependencies.get(resource) ?? new Set();
  dependencies.set(resource, known);
  const added = prerequisites.filter((prerequisite) => !known.has(prerequisite));
  for (const prerequisite of added) known.add(prerequisite);
  resource.dependsOn = [...(resource.dependsOn ?? []), ...new Set(added.map((one) => dependable(one)))];
}

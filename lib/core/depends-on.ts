import { dependable, TerraformResource, type ITerraformDependable } from 'cdktf';
import type { IConstruct } from 'constructs';

/** What each resource waits for already. cdktf keeps the edges as tokens, which cannot be compared. */
const waits = new WeakMap<TerraformResource, Set<ITerraformDependable>>();

/**
 * Orders creation and destruction: every resource in `dependent` is made after, and destroyed before, what it waits
 * for. Emits Terraform's `depends_on`; cdktf does nothing with `node.addDependency`.
 *
 * Give it few edges: the last resource of a chain is enough.
 */
export function dependsOn(dependent: IConstruct, ...prerequisites: readonly ITerraformDependable[]): void {
  if (prerequisites.length === 0) return;
  for (const construct of dependent.node.findAll()) {
    if (TerraformResource.isTerraformResource(construct)) addEdges(construct, prerequisites);
  }
}

function addEdges(resource: TerraformResource, prerequisites: readonly ITerraformDependable[]): void {
  const known = waits.get(resource) ?? new Set();
  waits.set(resource, known);
  const added = prerequisites.filter((prerequisite) => !known.has(prerequisite));
  for (const prerequisite of added) known.add(prerequisite);
  resource.dependsOn = [...(resource.dependsOn ?? []), ...new Set(added.map((one) => dependable(one)))];
}

import { dependable, TerraformResource, type ITerraformDependable } from 'cdktf';
import type { IConstruct } from 'constructs';

/**
 * Orders creation and destruction: every resource in `dependent` is made after, and destroyed before, what it waits
 * for. Emits Terraform's `depends_on`; cdktf does nothing with `node.addDependency`.
 *
 * Give it few edges: the last resource of a chain is enough.
 */
export function dependsOn(dependent: IConstruct, ...prerequisites: readonly ITerraformDependable[]): void {
  if (prerequisites.length === 0) return;
  const addresses = prerequisites.map((prerequisite) => dependable(prerequisite));
  for (const construct of dependent.node.findAll()) {
    if (TerraformResource.isTerraformResource(construct)) {
      construct.dependsOn = [...new Set([...(construct.dependsOn ?? []), ...addresses])];
    }
  }
}

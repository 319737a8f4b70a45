import type { PlannedStack } from 'quayside/testing';

/** Terraform's actions for each resource of a type: `create,delete` if the successor comes first. */
export function actionsOf(plan: PlannedStack, type: string): string[] {
  return (plan.json.resource_changes ?? [])
    .filter((change) => change.type === type)
    .map(({ change }) => change.actions.join());
}

/** The addresses of resources that are deleted before their successor is created. */
export function goneFirst(plan: PlannedStack): readonly string[] {
  return (plan.json.resource_changes ?? [])
    .filter(({ change }) => change.actions.join() === 'delete,create')
    .map(({ address }) => address);
}

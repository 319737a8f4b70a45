import type { IConstruct } from 'constructs';

const owners = new WeakSet<IConstruct>();

/** Marks a construct that checks the Kubernetes objects directly below it by every rule that `report` applies to them. */
export function markObjectsChecked(owner: IConstruct): void {
  owners.add(owner);
}

/** Whether its construct checks the object. */
export function isObjectChecked({ node: { scope } }: IConstruct): boolean {
  return scope !== undefined && owners.has(scope);
}

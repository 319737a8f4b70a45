import type { Attributes } from '../terraform-json';
import { ownsState } from './stack-copy';
import type { SynthesizedStackFolder } from './synthesized-app';

/** The stacks of another app whose states the stacks of an app read, directly or through each other. */
export function stacksRead(
  app: readonly SynthesizedStackFolder[],
  others: readonly SynthesizedStackFolder[],
): readonly SynthesizedStackFolder[] {
  const found = new Set<SynthesizedStackFolder>();
  const follow = (reader: SynthesizedStackFolder, owners: readonly SynthesizedStackFolder[]): void => {
    for (const [id, state] of remoteStates(reader)) {
      const owner = stateOwner(owners, reader, id, state);
      if (!owner || app.includes(owner) || found.has(owner)) continue;
      found.add(owner);
      // A stack's name in one of its ids is that of a stack of its own app.
      follow(owner, others);
    }
  };
  for (const reader of app) follow(reader, [...app, ...others]);
  const names = new Set([...found].map(({ name }) => name));
  return others
    .filter((other) => found.has(other))
    .map((other) => ({ ...other, dependencies: other.dependencies.filter((name) => names.has(name)) }));
}

/** The remote states that a stack reads, by their ids. */
export function remoteStates({ json }: SynthesizedStackFolder): readonly [string, Attributes][] {
  return Object.entries(json.data?.['terraform_remote_state'] ?? {});
}

/** The first stack besides the reader that owns a remote state. */
export function stateOwner(
  owners: readonly SynthesizedStackFolder[],
  reader: SynthesizedStackFolder,
  id: string,
  state: Attributes,
): SynthesizedStackFolder | undefined {
  return owners.find((owner) => owner !== reader && ownsState(asStateOwner(owner), id, state));
}

function asStateOwner({ name, json }: SynthesizedStackFolder) {
  const backends = json.terraform?.['backend'] as Readonly<Record<string, Attributes>> | undefined;
  return { name, backend: (kind: string) => backends?.[kind] };
}

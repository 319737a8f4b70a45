import { isDeepStrictEqual } from 'node:util';
import { withContainer, type KubernetesObject } from '../stacks/kubernetes-objects';
import type { JsonObject } from '../stacks/synthesized-stack';
import type { TargetGroupSettings } from '../stacks/load-balancer-settings';
import type { System } from '../stacks/system';

const isTraefik = (object: KubernetesObject) => object.kind === 'DaemonSet' && object.metadata.name === 'traefik';

/** A control that changes nothing would prove nothing: that is a mistake in it. */
export function changeObjects(
  system: System,
  matches: (object: KubernetesObject) => boolean,
  change: (object: KubernetesObject) => KubernetesObject,
): System {
  if (!system.objects.some(matches)) throw new Error('no object of the system matches');
  const objects = system.objects.map((object) => (matches(object) ? change(object) : object));
  rejectUnchanged(system.objects, objects);
  return { ...system, objects };
}

/** Removes arguments of Traefik's; one that it does not have is a mistake. */
export function withoutArguments(system: System, ...names: readonly string[]): System {
  return changeTraefik(system, (container) => {
    const args = argumentList(container);
    const missing = names.filter((name) => !args.some((argument) => isNamed(argument, name)));
    if (missing.length > 0) throw new Error(`Traefik has no argument ${missing.join(', ')}`);
    return { ...container, args: args.filter((argument) => !names.some((name) => isNamed(argument, name))) };
  });
}

function argumentList(container: JsonObject): readonly string[] {
  return (container['args'] ?? []) as readonly string[];
}

/** A flag may be without a value. */
function isNamed(argument: string, name: string): boolean {
  return argument === `--${name}` || argument.startsWith(`--${name}=`);
}

export function changeTraefik(system: System, change: (container: JsonObject) => JsonObject): System {
  return changeObjects(system, isTraefik, (object) => withContainer(object, change));
}

export function changeTargetGroups(system: System, change: Partial<TargetGroupSettings>): System {
  const targetGroups = system.loadBalancer.targetGroups.map((group) => ({ ...group, ...change }));
  rejectUnchanged(system.loadBalancer.targetGroups, targetGroups);
  return { ...system, loadBalancer: { ...system.loadBalancer, targetGroups } };
}

function rejectUnchanged(before: unknown, after: unknown): void {
  if (isDeepStrictEqual(before, after)) throw new Error('the change leaves the system as it is');
}

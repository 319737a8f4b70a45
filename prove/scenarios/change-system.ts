import { argumentsOf, withContainer, type KubernetesObject } from '../stacks/kubernetes-objects';
import { asObject, type JsonObject } from '../stacks/synthesized-stack';
import type { TargetGroupSettings } from '../stacks/load-balancer-settings';
import type { System } from '../stacks/system';

const isTraefik = (object: KubernetesObject) => object.kind === 'DaemonSet' && object.metadata.name === 'traefik';

export function changeObjects(
  system: System,
  matches: (object: KubernetesObject) => boolean,
  change: (object: KubernetesObject) => KubernetesObject,
): System {
  if (!system.objects.some(matches)) throw new Error('no object of the system matches');
  return { ...system, objects: system.objects.map((object) => (matches(object) ? change(object) : object)) };
}

/** Removes arguments of Traefik's; one that it does not have is a mistake. */
export function withoutArguments(system: System, ...names: readonly string[]): System {
  return changeTraefik(system, (container) => {
    const known = argumentsOf(container);
    const missing = names.filter((name) => known[name] === undefined);
    if (missing.length > 0) throw new Error(`Traefik has no argument ${missing.join(', ')}`);
    const kept = Object.entries(known).filter(([name]) => !names.includes(name));
    return { ...container, args: kept.map(([name, value]) => `--${name}=${value}`) };
  });
}

export function withArguments(system: System, changed: Readonly<Record<string, string>>): System {
  return changeTraefik(system, (container) => ({
    ...container,
    args: Object.entries({ ...argumentsOf(container), ...changed }).map(([name, value]) => `--${name}=${value}`),
  }));
}

export function changeTraefik(system: System, change: (container: JsonObject) => JsonObject): System {
  return changeObjects(system, isTraefik, (object) => withContainer(object, change));
}

export function changeTraefikSpec(system: System, change: (spec: JsonObject) => JsonObject): System {
  return changeObjects(system, isTraefik, (object) => ({ ...object, spec: change(asObject(object['spec']!)) }));
}

export function changeTargetGroups(system: System, change: Partial<TargetGroupSettings>): System {
  const targetGroups = system.loadBalancer.targetGroups.map((group) => ({ ...group, ...change }));
  return { ...system, loadBalancer: { ...system.loadBalancer, targetGroups } };
}

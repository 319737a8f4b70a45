import type { RuleAction } from './listener-rule';
import type { TargetGroupOptions } from './target-group';
import { DEFAULT_HTTP_NODE_PORT, type TrafficContract } from './traffic-contract';

/** A target group of a load balancer, on its port. */
export interface PlannedTargetGroup {
  /** In the weights of rules: the group's key, with the port if it stands by. */
  readonly weightKey: string;
  /** Construct id. It does not depend on which port of the contract is the main one. */
  readonly id: string;
  /** The construct id in releases without `additionalNodePorts`. */
  readonly formerId?: string;
  /** Whether it gets health checks but no requests. */
  readonly standby: boolean;
  readonly options: TargetGroupOptions & { readonly nodePort: number };
}

/**
 * A target group for each of the groups, and for each of the contract's additional ports one that stands by. Instances of a
 * new target group are registered only after the apply, so that requests would be lost if a rule forwarded to it at once.
 */
export function planTargetGroups(
  groups: readonly TargetGroupOptions[],
  { httpNodePort, additionalNodePorts }: TrafficContract,
): readonly PlannedTargetGroup[] {
  const additional = additionalNodePorts?.http ?? [];
  return groups.flatMap(({ nodePort, ...options }): readonly PlannedTargetGroup[] => {
    const id = `target-group-${options.key}`;
    const idOn = (port: number) => (port === DEFAULT_HTTP_NODE_PORT ? id : `${id}.${port}`);
    if (nodePort !== undefined)
      return [{ weightKey: options.key, id, standby: false, options: { ...options, nodePort } }];
    return [
      {
        weightKey: options.key,
        id: idOn(httpNodePort),
        formerId: additional.includes(DEFAULT_HTTP_NODE_PORT) ? undefined : id,
        standby: false,
        options: { ...options, nodePort: httpNodePort },
      },
      ...additional.map((port) => ({
        weightKey: `${options.key}.${port}`,
        id: idOn(port),
        standby: true,
        options: { ...options, nodePort: port },
      })),
    ];
  });
}

/** The target groups that a rule forwards to, and those that stand by for them. */
export function targetGroupsOf(
  action: RuleAction,
  planned: readonly PlannedTargetGroup[],
): readonly PlannedTargetGroup[] {
  return action.kind === 'forward' ? planned.filter(({ options }) => options.key in action.weights) : [];
}

/** With those that stand by, at weight 0: a target group gets health checks once a rule lists it. */
export function withStandbys(action: RuleAction, planned: readonly PlannedTargetGroup[]): RuleAction {
  if (action.kind !== 'forward') return action;
  const standbys = targetGroupsOf(action, planned).filter(({ standby }) => standby);
  return {
    ...action,
    weights: { ...action.weights, ...Object.fromEntries(standbys.map((one) => [one.weightKey, 0])) },
  };
}

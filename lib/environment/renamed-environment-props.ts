import { RENAMED_NODE_GROUP_PROPS } from '../cluster/node-group-props';
import { renamedProps } from '../core/renamed-props';
import { RENAMED_TRAFFIC_PROPS } from '../load-balancing/traffic-contract';
import type { EnvironmentProps } from './environment-props';

/** Old names in an environment's data. Checked first: both stacks derive their settings from the new names. */
export function renamedEnvironmentProps(props: Partial<EnvironmentProps>): readonly string[] {
  const { nodeGroups, profile, loadBalancer } = props;
  return [
    ...renamedNodeGroupProps('nodeGroups', nodeGroups),
    ...renamedNodeGroupProps('profile.nodeGroups', profile?.nodeGroups),
    ...renamedProps(loadBalancer, { firewall: 'waf' }, 'loadBalancer.'),
    ...renamedProps(loadBalancer?.traffic, RENAMED_TRAFFIC_PROPS, 'loadBalancer.traffic.'),
  ];
}

function renamedNodeGroupProps(prop: string, groups: unknown): readonly string[] {
  return (Array.isArray(groups) ? groups : []).flatMap((group: object, index) =>
    renamedProps(group, RENAMED_NODE_GROUP_PROPS, `${prop}[${index}].`),
  );
}

import { additionalAddOnProblems } from '../cluster/additional-add-ons';
import { STANDARD_ADD_ONS } from '../cluster/eks-add-on-props';
import type { OpenPort } from '../cluster/open-port';
import type { Problem } from '../core/check';
import type { LoadBalancerScheme } from '../load-balancing/load-balancer-subnets';
import type { Nat } from '../network/nat';
import type { AddOn } from '../platform/add-on';
import type { EnvironmentFacts } from '../platform/facts';
import {
  mergeSettings,
  settingsProblems,
  type EksAddOnName,
  type RequestedSettings,
  type Requester,
} from '../platform/requested-settings';
import { eksAddOnSettings, mergeConfiguration, type EksAddOnSettings } from './eks-add-ons';
import { loadBalancerScheme, natOf } from './environment-facts';
import type { EnvironmentProps } from './environment-props';
import type { NodeGroupSpec } from './node-groups';

/** Settings of the infrastructure, merged from data, profile and add-ons. */
export interface InfrastructureSettings {
  readonly nat: Nat;
  readonly nodeGroups: readonly NodeGroupSpec[];
  readonly scheme: LoadBalancerScheme;
  readonly eksAddOns: EksAddOnSettings;
  readonly openPorts: readonly OpenPort[];
}

export function infrastructureSettings(
  props: EnvironmentProps,
  { nodePools }: EnvironmentFacts,
): InfrastructureSettings {
  const own: Requester = { label: 'the environment', settings: { ports: props.cluster?.openPorts } };
  const requested = mergeSettings([...requesters(props.addOns), own]);
  return {
    nat: natOf(props),
    nodeGroups: nodeGroupsOf(props).map((group) => withLogRotation(group, requested.logRotation)),
    scheme: loadBalancerScheme(props),
    eksAddOns: eksAddOnSettings(props.profile, nodePools, withRequested(props.eksAddOns, requested.eksAddOns)),
    openPorts: requested.ports,
  };
}

/** Conflicting settings of two add-ons, or of an add-on and the environment. */
export function requestProblems(props: EnvironmentProps): readonly Problem[] {
  const { addOns, eksAddOns = {} } = props;
  const configured = Object.entries(eksAddOns).flatMap(([name, settings]) =>
    !settings || settings === 'none' ? [] : [[name, settings.configuration] as const],
  );
  const own: readonly Requester[] = [
    { label: 'the environment', settings: { eksAddOns: Object.fromEntries(configured) } },
    ...nodeGroupsOf(props).map(({ name, logRotation }) => ({
      label: `node group '${name}'`,
      settings: { logRotation },
    })),
  ];
  return [
    ...settingsProblems(requesters(addOns), own),
    ...disabledAddOnProblems(addOns, eksAddOns),
    ...installedTwiceProblems(props),
    ...additionalProblems(props),
  ];
}

function requesters(addOns: readonly AddOn[] = []): readonly Requester[] {
  return addOns.map(({ name, settings }) => ({ label: `add-on '${name}'`, settings }));
}

function disabledAddOnProblems(addOns: readonly AddOn[] = [], eksAddOns: EksAddOnSettings): readonly Problem[] {
  return addOns.flatMap(({ name, settings }) =>
    Object.keys(settings?.eksAddOns ?? {}).map(
      (eksAddOn) =>
        eksAddOns[eksAddOn as EksAddOnName] === 'none' &&
        `add-on '${name}' configures '${eksAddOn}', which eksAddOns sets to 'none': remove one of the two`,
    ),
  );
}

const ADDITIONAL_PROPS = { additional: 'additionalEksAddOns', cluster: 'eksAddOns', standard: 'eksAddOns' } as const;

/** The cluster's own messages would name props that the data does not have. */
function additionalProblems({ additionalEksAddOns = {}, eksAddOns = {} }: EnvironmentProps): readonly Problem[] {
  const installed = STANDARD_ADD_ONS.filter((name) => eksAddOns[name] !== 'none');
  return additionalAddOnProblems(additionalEksAddOns, installed, ADDITIONAL_PROPS);
}

/** The AWS half of an add-on may be an EKS add-on. */
function installedTwiceProblems({ addOns = [], additionalEksAddOns = {} }: EnvironmentProps): readonly Problem[] {
  return addOns
    .filter(({ name, infrastructureId = name }) => Object.hasOwn(additionalEksAddOns, infrastructureId))
    .map(
      ({ name, infrastructureId = name }) =>
        `additionalEksAddOns has '${infrastructureId}', which add-on '${name}' installs: remove it from additionalEksAddOns`,
    );
}

function nodeGroupsOf({ nodeGroups, profile }: EnvironmentProps): readonly NodeGroupSpec[] {
  return nodeGroups ?? profile.nodeGroups;
}

function withLogRotation(
  group: NodeGroupSpec,
  requested: NonNullable<RequestedSettings['logRotation']>,
): NodeGroupSpec {
  // If both are set, they are equal: see `requestProblems`.
  return Object.keys(requested).length > 0 ? { ...group, logRotation: { ...group.logRotation, ...requested } } : group;
}

function withRequested(
  own: EksAddOnSettings = {},
  requested: NonNullable<RequestedSettings['eksAddOns']>,
): EksAddOnSettings {
  const configured = Object.entries(requested).map(([name, configuration]) => {
    const settings = own[name as EksAddOnName] ?? {};
    return [
      name,
      settings === 'none'
        ? settings
        : { ...settings, configuration: mergeConfiguration(configuration, settings.configuration) },
    ] as const;
  });
  return { ...own, ...Object.fromEntries(configured) };
}

import { cidrsOverlap } from '../core/cidr';
import type { Problem } from '../core/check';
import { isPrivate } from './environment-facts';
import type { EnvironmentProps } from './environment-props';

/** Endpoints of Session Manager. SSM Agent needs no `ec2messages` since 3.3.40.0. */
const SESSION_MANAGER = ['ssm', 'ssmmessages'];

/** Whether the Kubernetes API answers those who may reach it, and the tunnel can be opened. */
export function connectivityProblems(props: EnvironmentProps): readonly Problem[] {
  return [...returnRouteProblems(props), tunnelProblem(props)];
}

/** The control plane's subnets have routes only within the VPC, and to `routes`. */
function returnRouteProblems({ cidr, network, endpoint }: EnvironmentProps): readonly Problem[] {
  const { secondaryCidrs = [], routes = [] } = network ?? {};
  const reached = [cidr, ...secondaryCidrs, ...routes.map((route) => route.cidr)];
  return (endpoint?.privateCidrs ?? []).map(
    (source) =>
      !reached.some((block) => cidrsOverlap(block, source)) && {
        code: 'no-route-back',
        problem: `endpoint.privateCidrs has ${source}, but replies of the Kubernetes API have no route there: add it to network.routes, or remove it`,
      },
  );
}

function tunnelProblem(props: EnvironmentProps): Problem {
  const { tunnel, network } = props;
  const missing = SESSION_MANAGER.filter((service) => !network?.endpoints?.includes(service));
  return (
    tunnel !== undefined &&
    isPrivate(props) &&
    network?.endpoints !== undefined &&
    missing.length > 0 &&
    `tunnel needs Session Manager, and network.endpoints lacks ${missing.join(', ')}: add them, or omit network.endpoints for all that are needed`
  );
}

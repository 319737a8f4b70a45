import type { StackPlan } from '../../offline';
import type { Configuration } from './configuration';

/** Types that only one site has: its requests end there. */
const CENTRES = /^aws_(eks_cluster|a?lb|a?lb_target_group)$/;

/**
 * The stacks whose changes are judged together: a cluster and its load balancer, and what reads their states. Objects of
 * other clusters have the same names and ports, and serve nobody here.
 */
export function sitesOf(stacks: readonly StackPlan[]): readonly (readonly StackPlan[])[] {
  const centres = stacks.filter(({ resources }) => resources.some(({ type }) => CENTRES.test(type)));
  if (centres.length < 2) return [stacks];
  const sites = stacks.map((stack) => new Set([stack]));
  const siteOf = (stack: StackPlan) => sites.find((site) => site.has(stack))!;
  for (const stack of stacks) {
    for (const centre of centres.filter((one) => one !== stack && reads(stack, one.name))) {
      const [own, other] = [siteOf(stack), siteOf(centre)];
      if (own === other) continue;
      for (const one of other) own.add(one);
      sites.splice(sites.indexOf(other), 1);
    }
  }
  return sites.map((site) => stacks.filter((stack) => site.has(stack)));
}

/** Whether a stack reads the state of another: by cdktf's own reference, or at a place with its name. */
function reads({ plan }: StackPlan, name: string): boolean {
  const configuration = plan?.configuration as Configuration | undefined;
  const place = new RegExp(`[/."]${name.replace(/[^\w-]/g, '\\$&')}[/."]`);
  return (configuration?.root_module?.resources ?? []).some(
    ({ address, expressions }) =>
      address === `data.terraform_remote_state.cross-stack-reference-input-${name}` ||
      (address.startsWith('data.terraform_remote_state.') && place.test(JSON.stringify(expressions))),
  );
}

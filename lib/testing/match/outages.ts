import { outagesOf } from '../../cli/changes/outages';
import type { Outage } from '../../cli/changes/finding';
import { stackPlanOf, type PlannedStack } from '../planned-stack';
import type { MatcherResult } from './matcher-result';

/** Whether no change takes the site down; stacks that serve it together are judged together. */
export function hasNoOutage(plans: readonly PlannedStack[]): MatcherResult {
  const name = plans.map((plan) => plan.name).join(', ');
  const { outages } = outagesOf(plans.map(stackPlanOf));
  return {
    pass: outages.length === 0,
    message: () =>
      outages.length === 0
        ? `${name}: expected a change that takes the site down, found none`
        : [`${name}: expected no outage, found`, ...outages.flatMap(formatOutage)].join('\n'),
  };
}

function formatOutage({ path, address, reason, steps }: Outage): readonly string[] {
  return [`  ${path} (${address}): ${reason}`, ...steps.map((step, index) => `    ${index + 1}. ${step}`)];
}

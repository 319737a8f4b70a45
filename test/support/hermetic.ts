import type { SynthesizedStack } from '../../lib/testing/synthesized-stack';

/** The data sources that a stack reads, except the state of other stacks. */
export function foreignData({ name, json }: SynthesizedStack): string[] {
  return Object.keys(json.data ?? {})
    .filter((type) => type !== 'terraform_remote_state')
    .map((type) => `${name}: data.${type}`);
}

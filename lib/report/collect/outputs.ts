import type { Output, Stack } from '../model';
import { blocks, order, read, type SynthesizedStacks } from '../synthesized';

export function outputs(stacks: SynthesizedStacks): readonly Output[] {
  return stacks.stacks.flatMap((stack) =>
    Object.entries(stack.json.output ?? {})
      .map(([name, { value, description, sensitive }]) => ({
        stack: stack.name,
        name,
        ...(description !== undefined && { description: stacks.show(stack, description) }),
        value: sensitive === true ? 'sensitive' : stacks.show(stack, value),
      }))
      .sort((a, b) => order(a.name, b.name)),
  );
}

export function stackSummaries(stacks: SynthesizedStacks): readonly Stack[] {
  return stacks.stacks.map((stack) => {
    const [aws] = blocks(stack.json.provider?.['aws']);
    const [account] = [read(aws, 'allowed_account_ids.0')];
    return {
      name: stack.name,
      ...(account !== undefined && { account: String(account) }),
      ...(aws?.['region'] !== undefined && { region: String(aws['region']) }),
      resources: stacks.resources.filter((resource) => resource.stack === stack).length,
    };
  });
}

import { SynthesizedStack, type JsonObject } from '../../../prove/stacks/synthesized-stack';

export function stackOf(resource: JsonObject): SynthesizedStack {
  return new SynthesizedStack({ resource });
}

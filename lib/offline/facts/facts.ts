import { awsFacts } from './aws';
import { kubernetesFacts } from './kubernetes';
import type { TypeFacts } from './type-facts';

const NONE: TypeFacts = {};

/** The facts about a resource type, or for `data.TYPE` about a data source. */
export function factsOf(provider: string, type: string): TypeFacts {
  if (provider === 'aws') return awsFacts(type);
  if (provider === 'kubernetes') return kubernetesFacts(type);
  return NONE;
}

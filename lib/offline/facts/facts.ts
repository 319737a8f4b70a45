import { awsFacts } from './aws';
import { kubernetesFacts } from './kubernetes';
import type { TypeFacts } from './type-facts';

const NONE: TypeFacts = {};

/** The facts about a resource type; about a data source for `data.TYPE`. */
export function factsOf(provider: string, type: string): TypeFacts {
  if (provider === 'aws') return awsFacts(type);
  if (provider === 'kubernetes') return kubernetesFacts(type);
  return NONE;
}

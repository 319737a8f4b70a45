/** Names the directory in which each environment of an app writes its facts; `quayside facts` sets it. */
export const FACTS_VARIABLE = 'QUAYSIDE_FACTS';

/** The directory that each environment of an app writes its facts to; `quayside facts` sets it. */
export const FACTS_VARIABLE = 'QUAYSIDE_FACTS';

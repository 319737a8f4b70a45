import { didYouMean } from '../core/suggestions';

/**
 * The problems of data with properties that nothing reads. TypeScript reports them; in JSON and JavaScript they would be ignored.
 * @param subject what precedes them in the message: `replicas has the `
 */
export function unknownProps(data: object, known: readonly string[], subject = ''): readonly string[] {
  return Object.entries(data)
    .filter(([prop, value]) => value !== undefined && !known.includes(prop))
    .map(([prop]) => `${subject}unknown property '${prop}'${didYouMean(prop, known) || `: use ${known.join(', ')}`}`);
}

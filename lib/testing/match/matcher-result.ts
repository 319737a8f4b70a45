/** What a matcher finds; the message says why it failed, or under `.not` why it passed. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

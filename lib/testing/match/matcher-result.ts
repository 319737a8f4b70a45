/** A matcher's result; the message explains the failure, also under `.not`. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

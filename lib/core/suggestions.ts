/** Shorter prefixes match too many names. */
const SHORTEST_PREFIX = 3;

/** The candidates that the input may be a misspelling or prefix of, closest first. */
export function suggestions(input: string, candidates: readonly string[]): readonly string[] {
  const limit = Math.max(2, Math.floor(input.length / 3));
  const text = input.toLowerCase();
  return candidates
    .map((candidate) => ({ candidate, distance: editDistance(text, candidate.toLowerCase()) }))
    .filter(
      ({ candidate, distance }) =>
        (distance <= limit && distance < candidate.length) ||
        (text.length >= SHORTEST_PREFIX && candidate.toLowerCase().startsWith(text)),
    )
    .sort((a, b) => a.distance - b.distance)
    .map(({ candidate }) => candidate);
}

/** `: did you mean 'x'?`, or an empty string. */
export function didYouMean(input: string, candidates: readonly string[]): string {
  const [closest] = suggestions(input, candidates);
  return closest === undefined ? '' : `: did you mean '${closest}'?`;
}

/** Levenshtein distance: the number of characters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, character] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (character === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

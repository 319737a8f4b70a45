/** Fewer characters begin too many names. */
const SHORTEST_PREFIX = 3;

/** The candidates that the user may have meant by what was typed, misspelled or shortened, the nearest first. */
export function suggestions(typed: string, candidates: readonly string[]): readonly string[] {
  const limit = Math.max(2, Math.floor(typed.length / 3));
  const text = typed.toLowerCase();
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

/** `did you mean x?` after a separator, or nothing. */
export function didYouMean(typed: string, candidates: readonly string[], separator = ', '): string {
  const [nearest] = suggestions(typed, candidates);
  return nearest === undefined ? '' : `${separator}did you mean ${nearest}?`;
}

/** Levenshtein's: how many characters to insert, delete or replace. */
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

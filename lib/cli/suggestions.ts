/** What the user may have meant: the candidate that is nearest to what was typed, if any is near. */
export function closestMatch(typed: string, candidates: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(typed.length / 3));
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: distance(typed.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= limit && distance < candidate.length)
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}

/** `, did you mean x?`, or nothing. */
export function didYouMean(typed: string, candidates: readonly string[]): string {
  const meant = closestMatch(typed, candidates);
  return meant === undefined ? '' : `, did you mean ${meant}?`;
}

/** Levenshtein's: how many characters to insert, delete or exchange. */
function distance(a: string, b: string): number {
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

/**
 * The remedy for a name that is none of those that exist.
 * @param otherwise such as `add it to volumes`
 */
export function useOneOf(names: readonly string[], otherwise: string): string {
  if (names.length === 0) return otherwise;
  return `use ${names.length > 1 ? 'one of ' : ''}${names.join(', ')}, or ${otherwise}`;
}

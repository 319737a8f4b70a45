/** For messages that name what there is. */
export function listed(names: readonly string[]): string {
  return names.length > 0 ? names.join(', ') : 'none';
}

/** Whether a name fits a pattern in which `*` stands for any characters. */
export function fitsPattern(pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.split('*').map(literally).join('.*')}$`).test(name);
}

function literally(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}

import { readFileSync } from 'node:fs';

const MARK = '//# sourceMappingURL=data:application/json;base64,';

/**
 * The generated TypeScript behind a compiled file of a prebuilt provider, from the file's inline source map. The file
 * is read as text: its code is not run.
 * @throws Error if the file has no map
 */
export function originalSource(file: string): string {
  const compiled = readFileSync(file, 'latin1');
  const start = compiled.lastIndexOf(MARK);
  if (start < 0) throw new Error(`${file} has no inline source map`);
  const map = Buffer.from(compiled.slice(start + MARK.length).trim(), 'base64').toString('utf8');
  const { sourcesContent } = JSON.parse(map) as { sourcesContent?: readonly string[] };
  const source = sourcesContent?.[0];
  if (source === undefined) throw new Error(`${file} has a source map without the source`);
  return source;
}

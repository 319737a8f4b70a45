import { readFileSync } from 'node:fs';

const MARK = '//# sourceMappingURL=data:application/json;base64,';

/**
 * The generated TypeScript behind a compiled file of a prebuilt provider, from the file's inline source map. The file
 * is read as text: nothing of it is run.
 * @throws Error where the file carries no map
 */
export function originalSource(file: string): string {
  const compiled = readFileSync(file, 'latin1');
  const start = compiled.lastIndexOf(MARK);
  if (start < 0) throw new Error(`${file} carries no inline source map, so its schema cannot be derived`);
  const map = Buffer.from(compiled.slice(start + MARK.length).trim(), 'base64').toString('utf8');
  const { sourcesContent } = JSON.parse(map) as { sourcesContent?: readonly string[] };
  const source = sourcesContent?.[0];
  if (source === undefined) throw new Error(`${file}: its source map holds no source, so its schema cannot be derived`);
  return source;
}

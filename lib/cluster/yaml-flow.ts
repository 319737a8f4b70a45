/** A comment, a quoted scalar, an indicator or a plain scalar. */
const TOKEN =
  /(?<=\s)#[^\n]*|"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'|[[\]{},]|:(?=[\s[\]{},]|$)|[^\s[\]{},"'#:](?:[^\n[\]{},:]|:(?![\s[\]{},]|$))*/g;

/** What stands in a flow collection, such as `{ flags: [--v=2] }`. */
export interface FlowVisitor {
  readonly key: (path: readonly string[]) => void;
  /** A scalar of a list. */
  readonly item: (path: readonly string[], value: string) => void;
}

/** Reads a complete flow collection. Source: "YAML 1.2.2", 7.4, https://yaml.org/spec/1.2.2/#74-flow-collection-styles */
export function readFlow(text: string, { key, item }: FlowVisitor): void {
  const open: { readonly kind: string; readonly path: readonly string[] }[] = [];
  /** Of the value that follows: in a map that of the last key. */
  let path: readonly string[] = [];
  let isKeyNext = false;
  for (const [token] of text.matchAll(TOKEN)) {
    const top = open.at(-1);
    if (token.startsWith('#') || token === ':') continue;
    if (token === '[' || token === '{') {
      open.push({ kind: token, path });
      isKeyNext = token === '{';
    } else if (token === ']' || token === '}') {
      open.pop();
      if (open.length === 0) return;
    } else if (token === ',') {
      path = top?.path ?? [];
      isKeyNext = top?.kind === '{';
    } else if (isKeyNext && top) {
      path = [...top.path, scalar(token)];
      isKeyNext = false;
      key(path);
    } else if (top?.kind === '[') item(top.path, scalar(token));
  }
}

function scalar(token: string): string {
  return /^["']/.test(token) ? token.slice(1, -1) : token.trimEnd();
}

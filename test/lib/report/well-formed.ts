/** XML syntax, so that every element can be checked. */
const ATTRIBUTE = String.raw`\s+[\w:-]+="[^"<>]*"`;
const TOKEN = new RegExp(
  String.raw`<!doctype html>|<(?<open>[a-z][\w-]*)(?<attributes>(?:${ATTRIBUTE})*)\s*(?<self>/?)>|</(?<close>[a-z][\w-]*)>|(?<text>[^<]+)|(?<bad><)`,
  'gi',
);
const ENTITY = /&(?!(?:amp|lt|gt|quot|#39);)/;

/** Syntax errors of a page: unbalanced elements, quotes, entities, duplicate attributes. */
export function malformed(page: string): readonly string[] {
  const open: string[] = [];
  const problems: string[] = [];
  for (const { 0: whole, groups = {} } of page.matchAll(TOKEN)) {
    const { open: opened, attributes = '', self, close, text } = groups;
    if (groups['bad']) problems.push(`a stray < after ${open.join('/')}`);
    if (opened && !self) open.push(opened);
    if (close && open.pop() !== close) problems.push(`${whole} closes nothing`);
    if (ENTITY.test(attributes) || (text && open.at(-1) !== 'style' && ENTITY.test(text))) {
      problems.push(`an ampersand in ${whole}`);
    }
    const names = [...attributes.matchAll(/\s([\w:-]+)="/g)].map(([, name]) => name);
    if (new Set(names).size < names.length) problems.push(`an attribute twice in ${whole}`);
  }
  return [...problems, ...open.map((name) => `<${name}> is not closed`)];
}

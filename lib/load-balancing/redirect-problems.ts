import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { didYouMean } from '../core/suggestions';

/** Where a redirect leads. */
interface Redirect {
  readonly host?: string;
  readonly path?: string;
  readonly query?: string;
}

/**
 * Source: RedirectActionConfig,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
 */
const MAX_LENGTH = 128;
const KEYWORDS: Readonly<Record<keyof Redirect, readonly string[]>> = {
  host: ['host'],
  path: ['host', 'path', 'port'],
  query: ['protocol', 'host', 'port', 'path', 'query'],
};
/** The values that keep a part as it is in the request. */
const UNCHANGED: Readonly<Partial<Record<keyof Redirect, string>>> = { host: '#{host}', path: '/#{path}' };
const HOST = /^[a-z0-9_.-]+$/i;

/** What AWS would reject: forms, and a redirect to the same URL, from which it does not tell one to another query. */
export function redirectProblems(redirect: Redirect): readonly string[] {
  const parts = (['host', 'path', 'query'] as const).flatMap((part) => {
    const text = redirect[part];
    return text === undefined || Token.isUnresolved(text) ? [] : [{ part, text }];
  });
  const moves = (['host', 'path'] as const).some(
    (part) => redirect[part] !== undefined && redirect[part] !== UNCHANGED[part],
  );
  return [
    !moves && 'redirects to the same URL, whatever its query: set host or path to another one',
    ...parts.map(({ part, text }) => formProblem(part, text)),
    ...parts.map(
      ({ part, text }) =>
        text.length > MAX_LENGTH &&
        `redirects to a ${part} of ${text.length} characters, AWS allows at most ${MAX_LENGTH}: shorten it`,
    ),
    ...parts.flatMap(({ part, text }) => keywordProblems(part, text)),
  ].filter((problem): problem is string => typeof problem === 'string');
}

function formProblem(part: keyof Redirect, text: string): Problem {
  switch (part) {
    case 'host':
      return (
        !HOST.test(withoutKeywords(text)) &&
        `redirects to the host '${text}': write a name such as www.example.com, without https:// and without a path`
      );
    case 'path':
      return !text.startsWith('/') && `redirects to the path '${text}': it must start with '/', as in '/${text}'`;
    case 'query':
      return text.startsWith('?') && `redirects to the query '${text}': omit the '?', which AWS adds`;
  }
}

function keywordProblems(part: keyof Redirect, text: string): readonly string[] {
  const known = KEYWORDS[part];
  return [...text.matchAll(/#\{([^}]*)\}/g)]
    .map(([, keyword = '']) => keyword)
    .filter((keyword) => !known.includes(keyword))
    .map(
      (keyword) =>
        `redirects to the ${part} '${text}' with #{${keyword}}${didYouMean(keyword, known) || `: use ${known.map((one) => `#{${one}}`).join(', ')}, or remove it`}`,
    );
}

function withoutKeywords(text: string): string {
  return text.replace(/#\{[^}]*\}/g, 'x');
}

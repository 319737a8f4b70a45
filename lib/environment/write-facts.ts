import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { canonicalJson } from '../core/canonical-json';
import { check } from '../core/check';
import type { EnvironmentFacts } from '../platform/facts';
import { factsProblems } from '../platform/read-facts';

/**
 * Writes the facts of an environment to a file in `directory`.
 * @throws ValidationError if a value is known only after apply, or would be rejected by `environmentRef`
 */
export function writeFacts(scope: IConstruct, directory: string, facts: EnvironmentFacts): void {
  const tokens = tokenPaths(facts, '');
  check(
    scope,
    ...tokens.map((path) => `${path} is known only after apply, but facts are exported at synthesis: use a literal`),
    ...(tokens.length === 0 ? factsProblems(facts) : []),
  );
  writeFileSync(join(directory, `${facts.name}.json`), `${canonicalJson(facts, 2)}\n`);
}

function tokenPaths(value: unknown, path: string): readonly string[] {
  if (Token.isUnresolved(value) || (typeof value === 'string' && value.includes('${'))) return [path];
  if (value === null || typeof value !== 'object') return [];
  const entries = Object.entries(value);
  if (entries.some(([key]) => Token.isUnresolved(key))) return [path];
  return entries.flatMap(([key, item]) => tokenPaths(item, path === '' ? key : `${path}.${key}`));
}

import type { App } from 'cdktf';
import { ValidationError } from '../../lib/core/check';
import { synthApp } from '../../lib/testing/synthesized-stack';
import type { Spoiled } from './spoil';

/** Data whose every mistake is rejected, or changes what is synthesized. */
export interface Subject<T = unknown> {
  readonly name: string;
  readonly valid: T;
  readonly build: (app: App, data: T) => void;
  /** Places, as in `access.0.name`, whose value is not in Terraform, each with the reason. */
  readonly unseen?: Readonly<Record<string, string>>;
}

export const subject = <T>(one: Subject<T>): Subject => one as unknown as Subject;

/** The synthesized stacks. */
export function synthesized({ build }: Subject, data: unknown): string {
  const stacks = synthApp((app: App) => build(app, data));
  return JSON.stringify([...stacks].map(([name, { json }]) => [name, json]));
}

/** What is wrong with how a mistake is treated; undefined if it is rejected by name, or has an effect. */
export function fault(
  subject: Subject,
  baseline: string,
  { data, place, mistake }: Spoiled<unknown>,
): string | undefined {
  const what = `${mistake} at ${place.join('.') || 'the top'}`;
  try {
    const after = synthesized(subject, data);
    if (/(?<!\$)\$\{x\}/.test(withoutComments(after))) return `${what} is read by Terraform as a template`;
    if (after !== baseline || isUnseen(subject, place)) return undefined;
    return `${what} is dropped`;
  } catch (error) {
    if (!(error instanceof ValidationError))
      return `${what} throws ${(error as Error).stack?.split('\n').slice(0, 2).join(' ')}`;
    return isNamed(error.message, place, mistake)
      ? undefined
      : `${what} is rejected without its name: ${error.message}`;
  }
}

/**
 * Terraform ignores them: construct paths, and reasons of acknowledgements. Source: "Comment Properties",
 * https://developer.hashicorp.com/terraform/language/syntax/json#comment-properties
 */
function withoutComments(stacks: string): string {
  return JSON.stringify(JSON.parse(stacks), (key, value: unknown) => (key === '//' ? undefined : value));
}

function isUnseen({ unseen = {} }: Subject, place: readonly string[]): boolean {
  return place.some((_, index) =>
    Object.hasOwn(
      unseen,
      place
        .slice(0, index + 1)
        .join('.')
        .replaceAll(/\.\d+/g, '[]'),
    ),
  );
}

/** A message names the key, one above it, or the value. */
function isNamed(message: string, place: readonly string[], mistake: string): boolean {
  const names = place.map((key) => (/^\d+$/.test(key) ? `[${key}]` : key));
  const [, unknown] = /^the unknown key (.*)$/.exec(mistake) ?? [];
  return (
    place.length === 0 ||
    [...names, unknown].some((name) => name !== undefined && message.includes(name.replace(/s$/, '')))
  );
}

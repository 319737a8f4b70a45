import { count } from '../../core/format';
import type { SkippedProvisioners } from '../../offline';
import { details, fenced, html, shortened } from './markdown';
import { belowStack } from './tree';

/** Leaves room for the changes in a comment. */
const LONGEST_LIST = 4000;

/** A stack, or a stage of one, with the provisioners that were not run. */
interface WithProvisioners {
  readonly name: string;
  readonly skippedProvisioners?: readonly SkippedProvisioners[];
}

/** `2 provisioners were not run:`, and each resource that has some. */
export function skippedText({ name, skippedProvisioners: skipped = [] }: WithProvisioners): readonly string[] {
  if (skipped.length === 0) return [];
  return [`  ${headline(skipped)}:`, ...skipped.map((one) => `    ${line(one, name)}`)];
}

export function skippedMarkdown(stacks: readonly WithProvisioners[]): readonly string[] {
  return stacks.flatMap(({ name, skippedProvisioners: skipped = [] }) => {
    if (skipped.length === 0) return [];
    return [
      details(
        `${html(name)}: ${headline(skipped)}`,
        fenced(shortened(skipped.map((one) => line(one, name)).join('\n'), LONGEST_LIST)),
      ),
    ];
  });
}

function headline(skipped: readonly SkippedProvisioners[]): string {
  const number = skipped.reduce((sum, { types }) => sum + types.length, 0);
  return `${count(number, 'provisioner')} ${number === 1 ? 'was' : 'were'} not run`;
}

function line({ path, address, types }: SkippedProvisioners, stack: string): string {
  const name = path === undefined ? address : `${belowStack(path, stack).join('/')} (${address})`;
  return `${name}: ${types.join(', ')}`;
}

import { count, grouped } from '../../core/format';
import type { Progress, Rehearsal } from '../../offline';
import { skippedText } from './provisioners';
import type { Style } from './style';
import { belowStack } from './tree';
import { seconds } from './format';

const SIGNS: Readonly<Record<string, string>> = { create: '+', update: '~', delete: '-' };
/** Room for a number of four digits. */
const NUMBER_WIDTH = 4;

/** A rehearsal's progress, line by line: every resource in the order of completion. */
export class RehearsalText {
  private stack = '';
  private done = 0;

  constructor(private readonly paint: Style) {}

  /** The text that an event adds; may be empty. */
  lines(progress: Progress): string {
    if (progress.kind === 'stage-start') {
      this.done = 0;
      return this.heading(progress.stack);
    }
    if (progress.kind === 'resource') return this.resource(progress);
    const { stage, ok } = progress;
    const outcome = ok ? (stage === 'replan' ? 'no changes' : this.outcome(stage)) : this.paint.red('failed');
    return `  ${`${stage === 'replan' ? 'plan again' : stage}`.padEnd(10)}  ${outcome.padEnd(16)}${this.paint.dim(seconds(progress.seconds))}\n`;
  }

  private outcome(stage: string): string {
    if (stage === 'apply') return `${this.done} created`;
    if (stage === 'unprotect') return `${this.done} changed`;
    return stage === 'destroy' ? `${this.done} destroyed` : 'done';
  }

  private heading(stack: string): string {
    if (stack === this.stack) return '';
    this.stack = stack;
    return `${this.paint.bold(stack)}\n`;
  }

  private resource({ stack, address, path, action }: Extract<Progress, { kind: 'resource' }>): string {
    if (action === 'read') return '';
    this.done += 1;
    const name = path === undefined ? address : belowStack(path, stack).join('/');
    const type = address.replace(/^module\.[^.]+\./, '').split('.')[0]!;
    return `  ${String(this.done).padStart(NUMBER_WIDTH)} ${SIGNS[action] ?? ' '} ${name}  ${this.paint.dim(type)}\n`;
  }
}

/** The provisioners that no stage has run. */
export function rehearsalNotes({ steps }: Rehearsal): string {
  const lines = steps.flatMap(({ stack: name, ...step }) => {
    const skipped = skippedText({ ...step, name });
    return skipped.length > 0 ? [name, ...skipped] : [];
  });
  return lines.map((line) => `${line}\n`).join('');
}

/** A rehearsal's result in one line. */
export function rehearsalSummary({ steps }: Rehearsal, duration: number): string {
  const of = (stage: string) => steps.filter((step) => step.stage === stage);
  const created = of('apply').reduce((sum, { order }) => sum + order.length, 0);
  const destroyed = of('destroy').reduce((sum, { order }) => sum + order.length, 0);
  return (
    `${count(of('apply').length, 'stack')}: ${count(created, 'resource')} created in order, second plan empty, ` +
    `${grouped(destroyed)} destroyed in reverse order, in ${seconds(duration)}\n`
  );
}

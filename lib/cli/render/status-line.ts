import type { Progress } from '../../offline';
import type { Io } from '../io';

const VERBS = {
  init: 'preparing',
  validate: 'validating',
  plan: 'planning',
  // Makes clear that no real infrastructure is changed.
  apply: 'applying a copy of',
  replan: 'planning again',
  unprotect: 'turning off the protection of the copy of',
  destroy: 'destroying the copy of',
} as const;
const ERASE_LINE = '\r\u001B[2K';

/** The current stage, on the terminal's last line; silent without a terminal. */
export class StatusLine {
  private isShown = false;

  constructor(private readonly io: Pick<Io, 'err' | 'live'>) {}

  show(progress: Progress): void {
    if (!this.io.live || progress.kind !== 'stage-start') return;
    this.io.err(`${ERASE_LINE}${VERBS[progress.stage]} ${progress.stack} …`);
    this.isShown = true;
  }

  clear(): void {
    if (this.isShown) this.io.err(ERASE_LINE);
    this.isShown = false;
  }
}

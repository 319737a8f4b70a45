/** What the commands' exit codes mean. */
export const EXIT = {
  ok: 0,
  /** The app, the plan or the rehearsal failed. */
  failed: 1,
  /** The command was not understood; nothing was done. */
  usage: 2,
  /** The plan is fine, but would destroy what `--deny-destroy` protects. */
  denied: 3,
  /** Ended by Ctrl-C, as a shell tells it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

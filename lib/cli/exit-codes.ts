/** The exit codes of the commands. */
export const EXIT = {
  ok: 0,
  /** The app, the plan or the rehearsal failed. */
  failed: 1,
  /** The command line is not valid; nothing was done. */
  usage: 2,
  /** The plan succeeded, but AWS or Kubernetes would reject it, or `--deny-destroy` does. */
  denied: 3,
  /** Interrupted by Ctrl-C: 128 + SIGINT, as in a shell. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

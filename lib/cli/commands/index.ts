import type { Command } from '../command';
import { facts } from './facts';
import { plan } from './plan';
import { rehearse } from './rehearse';
import { report } from './report';

export interface CommandEntry {
  readonly summary: string;
  /** A function, so that a command's modules are loaded only when it runs. */
  readonly command: () => Command;
}

/** The subcommands, in the order of the help. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  plan: {
    summary: 'plan stacks with real Terraform, without an account, credentials or network access',
    command: () => plan,
  },
  rehearse: { summary: 'apply, plan again and destroy stacks against mock providers', command: () => rehearse },
  report: { summary: 'describe an environment for reviewers and auditors', command: () => report },
  facts: { summary: 'write what an environment knows, for teams in other repositories', command: () => facts },
};

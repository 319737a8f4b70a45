import type { Command } from '../command';
import { facts } from './facts';
import { plan } from './plan';
import { rehearse } from './rehearse';
import { report } from './report';

export interface CommandEntry {
  readonly summary: string;
  /** A function: a command's modules are loaded when it runs. */
  readonly command: () => Command;
}

/** The subcommands, in the order in which help lists them. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  plan: {
    summary: 'plan stacks with the real Terraform, without account, credentials or network',
    command: () => plan,
  },
  rehearse: { summary: 'apply, plan again and destroy stacks, without touching anything', command: () => rehearse },
  report: { summary: 'tell what an environment consists of, for reviewers and auditors', command: () => report },
  facts: { summary: 'write what an environment knows, for teams in other repositories', command: () => facts },
};

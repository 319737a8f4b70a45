import type { App } from 'cdktf';
import { OfflineSession, type AppliedResource, type RehearsalStep } from '../../lib/offline';
import { synthesize } from '../lib/offline/support/app';

/** What was done to a stack, in order: `<action> <construct path>`, or the address of a resource without a construct. */
export interface AppliedStack {
  readonly stack: string;
  readonly ok: boolean;
  readonly order: readonly string[];
}

/** Versions of an app on the same states, with mock providers. */
export class AppVersions {
  private session: OfflineSession | undefined;

  /** Plans and applies every stack of a version, in order. */
  async apply(version: (app: App) => void): Promise<readonly AppliedStack[]> {
    const directory = synthesize(version);
    if (this.session) await this.session.advance(directory);
    else this.session = OfflineSession.open({ stacksDir: directory });
    const applied: AppliedStack[] = [];
    for (const stack of this.session.stacks) {
      const { ok, diagnostics } = await stack.plan();
      if (!ok) throw new Error(`${stack.name} cannot be planned: ${JSON.stringify(diagnostics)}`);
      applied.push(appliedStack(await stack.apply()));
    }
    return applied;
  }

  /** Destroys every stack of the last version, in reverse order. */
  async destroy(): Promise<readonly AppliedStack[]> {
    const destroyed: AppliedStack[] = [];
    for (const stack of [...this.session!.stacks].reverse()) destroyed.push(appliedStack(await stack.destroy()));
    return destroyed;
  }

  async close(): Promise<void> {
    await this.session?.close();
  }
}

function appliedStack({ stack, ok, order }: RehearsalStep): AppliedStack {
  return { stack, ok, order: order.map(formatted) };
}

function formatted({ action, path, address }: AppliedResource): string {
  return `${action} ${path?.split('/').slice(1).join('/') ?? address}`;
}

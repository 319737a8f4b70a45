import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Client } from './client';
import { REQUEST_KINDS, sequence, type RequestKind } from './kinds';
import type { Outcome } from './outcome';

/** What the machine itself did to a measurement. */
export interface MachineLag {
  /** The longest time for which this process did not run. */
  readonly longestStallMs: number;
  /** The most that a request was sent after its time. */
  readonly latestStartMs: number;
}

const TICK_MS = 5;

/** Sends requests at a fixed rate, whether or not earlier ones have been answered. */
export class LoadGenerator {
  readonly outcomes: Outcome[] = [];
  private readonly pending = new Set<Promise<void>>();
  private readonly order: readonly RequestKind[];
  private readonly delay = monitorEventLoopDelay({ resolution: 10 });
  private readonly startedAt = performance.now();
  sent = 0;
  private latest = 0;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly client: Pick<Client, 'send'>,
    private readonly ratePerSecond: number,
    kinds: readonly RequestKind[] = REQUEST_KINDS,
  ) {
    this.order = sequence(kinds);
  }

  /** Milliseconds since the start. */
  get now(): number {
    return performance.now() - this.startedAt;
  }

  start(): void {
    this.delay.enable();
    const interval = 1000 / this.ratePerSecond;
    const first = this.now;
    this.timer = setInterval(() => {
      for (let due = first + this.sent * interval; due <= this.now; due = first + this.sent * interval) {
        this.latest = Math.max(this.latest, this.now - due);
        this.send(this.order[this.sent % this.order.length]!);
        this.sent += 1;
      }
    }, TICK_MS);
  }

  /** Sends no more, and waits for the answers. */
  async stop(): Promise<MachineLag> {
    clearInterval(this.timer);
    await Promise.all(this.pending);
    this.delay.disable();
    return { longestStallMs: Math.round(this.delay.max / 1e6), latestStartMs: Math.round(this.latest) };
  }

  private send(kind: RequestKind): void {
    const start = this.now;
    const done = this.client.send(kind).then((reply) => {
      this.outcomes.push({ kind: kind.name, start, end: this.now, ...reply });
      this.pending.delete(done);
    });
    this.pending.add(done);
  }
}

/** What a plan would do that a reader must know before it is applied. */
export interface Finding {
  readonly stack: string;
  /** The construct's path; the address if it has none. */
  readonly path: string;
  readonly address: string;
  readonly type: string;
  readonly reason: string;
}

/** A change that takes the site down, or a part of it. */
export interface Outage extends Finding {
  /** How to make the change without an outage: one apply, or several, after the other. */
  readonly steps: readonly string[];
}

/** A change that AWS or Kubernetes rejects, or that never takes effect. */
export interface Rejection extends Finding {
  readonly steps: readonly string[];
}

/** A change whose effect depends on what a plan does not know. */
export type Note = Finding;

/** One request of a client. Times are milliseconds of the run. */
export interface Outcome {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  /** 0 without a response. */
  readonly status: number;
  /** Undefined for a success. */
  readonly failure?: string;
  /** The node to which the load balancer has sent it. */
  readonly node?: string;
}

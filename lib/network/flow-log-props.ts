import { integer, object, oneOf, optional } from '../core/shape';

export interface FlowLogSettings {
  /**
   * In days, one of the retention periods that CloudWatch Logs supports.
   * @default 365
   */
  readonly retentionDays?: number;
  /** @default 'ALL' */
  readonly traffic?: 'ALL' | 'ACCEPT' | 'REJECT';
}

export const FLOW_LOG_SETTINGS = object<FlowLogSettings>({
  retentionDays: optional(integer),
  traffic: optional(oneOf('ALL', 'ACCEPT', 'REJECT')),
});

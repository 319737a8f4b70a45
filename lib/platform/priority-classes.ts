import { oneOf, type Shape } from '../core/shape';

/** Priority classes that the platform creates. */
export const PRIORITY_CLASSES = {
  'platform-critical': { value: 100_000_000, description: 'Without it no request is answered: the ingress.' },
  platform: { value: 10_000_000, description: 'What watches and serves the applications: monitoring, logs, builds.' },
} as const;

/** `PRIORITY_CLASSES`, and the two of every cluster. */
export type PriorityClassName = 'system-node-critical' | 'system-cluster-critical' | keyof typeof PRIORITY_CLASSES;

export const PRIORITY_CLASS_NAME: Shape<PriorityClassName> = oneOf(
  'platform-critical',
  'platform',
  'system-cluster-critical',
  'system-node-critical',
);

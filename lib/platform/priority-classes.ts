/** The classes that the platform creates. */
export const PRIORITY_CLASSES = {
  'platform-critical': { value: 100_000_000, description: 'Without it no request is answered: the ingress.' },
  platform: { value: 10_000_000, description: 'What watches and serves the applications: monitoring, logs, builds.' },
} as const;

/** Those, and the two that every cluster has. */
export type PriorityClassName = 'system-node-critical' | 'system-cluster-critical' | keyof typeof PRIORITY_CLASSES;

import type { Route53RecordConfig } from '@cdktf/provider-aws/lib/route53-record';
import type { Problem } from '../core/check';

/** How Route 53 chooses among several records of one name and type. */
export type Routing =
  | {
      readonly kind: 'weighted';
      /** Tells the records of the name apart: `blue`. */
      readonly id: string;
      /** The share of answers, as a part of the sum of all weights; 0 to 255, and 0 takes the record out. */
      readonly weight: number;
      /** @default the record counts as healthy */
      readonly healthCheckId?: string;
    }
  | {
      readonly kind: 'failover';
      /** The secondary answers while the primary is unhealthy. */
      readonly role: 'primary' | 'secondary';
      /** @default none, which only an alias with target health can do without */
      readonly healthCheckId?: string;
    };

const MAX_WEIGHT = 255;

type RoutingConfig = Pick<
  Route53RecordConfig,
  'setIdentifier' | 'healthCheckId' | 'weightedRoutingPolicy' | 'failoverRoutingPolicy'
>;

/** The part of a record's configuration that routes. */
export function routingConfig(routing: Routing | undefined): RoutingConfig {
  switch (routing?.kind) {
    case undefined:
      return {};
    case 'weighted':
      return {
        setIdentifier: routing.id,
        healthCheckId: routing.healthCheckId,
        weightedRoutingPolicy: { weight: routing.weight },
      };
    case 'failover':
      return {
        setIdentifier: routing.role,
        healthCheckId: routing.healthCheckId,
        failoverRoutingPolicy: { type: routing.role.toUpperCase() },
      };
  }
}

/** @param knowsHealth whether the record is an alias that asks its target */
export function routingProblems(routing: Routing | undefined, knowsHealth: boolean): readonly Problem[] {
  switch (routing?.kind) {
    case undefined:
      return [];
    case 'weighted':
      return [
        routing.id === '' && 'routing.id must not be empty: it tells the weighted records apart',
        !(Number.isInteger(routing.weight) && routing.weight >= 0 && routing.weight <= MAX_WEIGHT) &&
          `routing.weight must be a whole number from 0 to ${MAX_WEIGHT}, got ${routing.weight}`,
      ];
    case 'failover':
      return [
        routing.role === 'primary' &&
          routing.healthCheckId === undefined &&
          !knowsHealth &&
          'routing makes this the primary record, but nothing checks its health, so the secondary would never answer: give healthCheckId',
      ];
  }
}

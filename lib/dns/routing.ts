import type { Route53RecordConfig } from '@cdktf/provider-aws/lib/route53-record';
import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { number, object, oneOf, optional, text, union } from '../core/shape';

/** How Route 53 chooses between records of the same name and type. */
export type Routing =
  | {
      readonly kind: 'weighted';
      /** Set identifier, unique among the records of the name: `blue`. */
      readonly id: string;
      /** The share of answers, relative to the sum of all weights; 0 to 255, where 0 takes the record out of use. */
      readonly weight: number;
      /** @default none: the record is considered healthy */
      readonly healthCheckId?: string;
    }
  | {
      readonly kind: 'failover';
      /** The secondary answers while the primary is unhealthy. */
      readonly role: 'primary' | 'secondary';
      /** @default none; a primary needs one unless it is an alias that evaluates target health */
      readonly healthCheckId?: string;
    };

type RoutingOf<K extends Routing['kind']> = Extract<Routing, { readonly kind: K }>;

/** Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html */
const HEALTH_CHECK_ID = text('the id of a health check, such as 01234567-89ab-cdef-0123-456789abcdef', /^[\w-]{1,64}$/);

export const ROUTING = union<Routing, 'kind'>('kind', {
  weighted: object<RoutingOf<'weighted'>>({
    kind: oneOf('weighted'),
    id: text('the name of a record, 1 to 128 characters, unique among those of the name', /^.{1,128}$/s),
    weight: number,
    healthCheckId: optional(HEALTH_CHECK_ID),
  }),
  failover: object<RoutingOf<'failover'>>({
    kind: oneOf('failover'),
    role: oneOf('primary', 'secondary'),
    healthCheckId: optional(HEALTH_CHECK_ID),
  }),
});

const MAX_WEIGHT = 255;

type RoutingConfig = Pick<
  Route53RecordConfig,
  'setIdentifier' | 'healthCheckId' | 'weightedRoutingPolicy' | 'failoverRoutingPolicy'
>;

/** The routing part of a record's configuration. */
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

/** @param evaluatesTargetHealth whether the record is an alias that evaluates the health of its target */
export function routingProblems(routing: Routing | undefined, evaluatesTargetHealth: boolean): readonly Problem[] {
  switch (routing?.kind) {
    case undefined:
      return [];
    case 'weighted':
      return [
        !Token.isUnresolved(routing.weight) &&
          !(Number.isInteger(routing.weight) && routing.weight >= 0 && routing.weight <= MAX_WEIGHT) &&
          `routing.weight must be a whole number from 0 to ${MAX_WEIGHT}, got ${routing.weight}`,
      ];
    case 'failover':
      return [
        routing.role === 'primary' &&
          routing.healthCheckId === undefined &&
          !evaluatesTargetHealth &&
          "routing.role is 'primary' but the record has no health check, so failover to the secondary would never happen: set healthCheckId",
      ];
  }
}

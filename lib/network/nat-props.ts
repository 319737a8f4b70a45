import { object, oneOf, optional, record, text, union } from '../core/shape';

/** How private subnets reach the internet. */
export type Nat =
  /** No internet access: AWS is reached through VPC endpoints. */
  | { readonly kind: 'none' }
  /** One gateway for all zones: the cheapest, but all zones depend on its zone. */
  | {
      readonly kind: 'single';
      /**
       * The gateway's zone. Without it, a plan that would move the gateway to an added zone fails: moving it breaks
       * connections.
       * @default the first zone, by name
       */
      readonly zone?: string;
      /**
       * Allocation id of an Elastic IP. One owned by another stack survives this VPC. Use a different one when the zone
       * changes: the new gateway is created before the old one releases its address.
       * @default a new Elastic IP
       */
      readonly elasticIpId?: string;
    }
  /** One per zone: a zone failure does not affect the others. */
  | {
      readonly kind: 'per-zone';
      /**
       * Allocation ids of Elastic IPs, by zone. Those owned by another stack survive this VPC.
       * @default a new Elastic IP per zone
       */
      readonly elasticIpIds?: Readonly<Record<string, string>>;
    }
  /** One gateway that AWS expands across the zones in use, with addresses that AWS assigns; needs no public subnet. */
  | { readonly kind: 'regional' };

type NatOf<K extends Nat['kind']> = Extract<Nat, { readonly kind: K }>;

const ELASTIC_IP_ID = text('the allocation id of an Elastic IP, such as eipalloc-0123456789abcdef0', /^eipalloc-/);

export const NAT = union<Nat, 'kind'>('kind', {
  none: object<NatOf<'none'>>({ kind: oneOf('none') }),
  single: object<NatOf<'single'>>({
    kind: oneOf('single'),
    zone: optional(text()),
    elasticIpId: optional(ELASTIC_IP_ID),
  }),
  'per-zone': object<NatOf<'per-zone'>>({ kind: oneOf('per-zone'), elasticIpIds: optional(record(ELASTIC_IP_ID)) }),
  regional: object<NatOf<'regional'>>({ kind: oneOf('regional') }),
});

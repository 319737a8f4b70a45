import { Route53QueryLog } from '@cdktf/provider-aws/lib/route53-query-log';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { Token, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { awsContext, type AwsContext } from '../core/aws-context';
import { check, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { dependsOn } from '../core/depends-on';
import { duplicates } from '../core/duplicates';
import { preventDestroy } from '../core/prevent-destroy';
import { bool, either, list, object, oneOf, optional, text, union, type Shapes } from '../core/shape';
import { CAA_POLICY, caaPolicyProblems, caaValues, type CaaPolicy } from './caa';
import { Dnssec, dnssecProblem } from './dnssec';
import { HOSTED_ZONE_REF, type HostedZoneRef } from './dns-ref';
import { domainNameProblem, isWildcard, isWithin } from './domain-name';

export type HostedZoneProps = PublicHostedZoneProps | PrivateHostedZoneProps;

interface CommonHostedZoneProps {
  /** Without a trailing dot: `example.com`. */
  readonly zoneName: string;
  /**
   * Deletes records that Terraform does not manage (such as a DNS controller's) together with the zone. Without it,
   * deleting a zone with such records fails.
   * @default false
   */
  readonly forceDestroy?: boolean;
  /**
   * Terraform rejects plans that destroy or replace the zone, or its DNSSEC key, until `false` is applied.
   * @default true unless forceDestroy is set
   */
  readonly deletionProtection?: boolean;
}

/** A zone whose names resolve everywhere. */
export interface PublicHostedZoneProps extends CommonHostedZoneProps {
  readonly visibility?: 'public';
  /**
   * The zone that delegates to this one, in the same account.
   * @default none: add `nameServers` to the parent domain yourself
   */
  readonly parent?: HostedZoneRef;
  /**
   * `signed`: the zone is signed, but resolvers do not validate it yet. `trusted`: the parent also has its DS record,
   * so that resolvers reject forged answers; the parent itself must be signed. Move in either direction one step at a
   * time, and wait for the records' TTL between steps. If the parent is at a registrar, add `dsRecord` there.
   * @default 'off'
   */
  readonly dnssec?: 'off' | 'signed' | 'trusted';
  /**
   * Certificate authorities that may issue for the domain and its subdomains.
   * @default Amazon's only
   */
  readonly caa?: CaaPolicy | 'none';
  /**
   * A CloudWatch log group in us-east-1 whose resource policy allows route53.amazonaws.com to write to it.
   * @default queries are not logged
   */
  readonly queryLogGroupArn?: string;
}

/** A zone whose names resolve only in its VPCs. */
export interface PrivateHostedZoneProps extends CommonHostedZoneProps {
  readonly visibility: 'private';
  /** In the stack's region, with DNS support and hostnames enabled. Exhaustive: do not associate others elsewhere. */
  readonly vpcIds: readonly string[];
}

const common = {
  zoneName: text(),
  forceDestroy: optional(bool),
  deletionProtection: optional(bool),
} satisfies Shapes<CommonHostedZoneProps>;

/** Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-resource-ids.html */
const VPC_ID = text('the id of a VPC, such as vpc-0123456789abcdef0', /^vpc-[0-9a-f]+$/);

export const PUBLIC_HOSTED_ZONE_PROPS = object<PublicHostedZoneProps>({
  ...common,
  visibility: optional(oneOf('public')),
  parent: optional(HOSTED_ZONE_REF),
  dnssec: optional(oneOf('off', 'signed', 'trusted')),
  caa: optional(either(oneOf('none'), CAA_POLICY)),
  queryLogGroupArn: optional(text()),
});

export const HOSTED_ZONE_PROPS = union<HostedZoneProps, 'visibility'>(
  'visibility',
  {
    public: PUBLIC_HOSTED_ZONE_PROPS,
    private: object<PrivateHostedZoneProps>({ ...common, visibility: oneOf('private'), vpcIds: list(VPC_ID) }),
  },
  'public',
);

/** Name servers rarely change, and an hour is short enough when they do. */
const DELEGATION_TTL_SECONDS = 3600;
/** Route 53 refuses to stop signing while resolvers may still hold the DS record. */
const DS_TTL_SECONDS = 300;
const CAA_TTL_SECONDS = 3600;

const QUERY_LOG_GROUP = /^arn:[\w-]+:logs:us-east-1:(\d{12}):log-group:/;

/** A Route 53 zone; by default, a public one allows only Amazon to issue certificates. */
export class HostedZone extends Construct implements HostedZoneRef {
  readonly zone: Route53Zone;
  readonly zoneId: string;
  readonly zoneName: string;
  readonly visibility: 'public' | 'private';
  /** The four name servers for the parent domain's NS record. */
  readonly nameServers: string[];
  readonly dnssec?: Dnssec;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: HostedZoneProps) {
    super(scope, id);
    checkProps(this, props, HOSTED_ZONE_PROPS);
    check(
      this,
      domainNameProblem('zoneName', props.zoneName),
      isWildcard(props.zoneName) && `zoneName '${props.zoneName}' is a wildcard: use wildcards in records only`,
      ...(props.visibility === 'private' ? privateProblems(props) : publicProblems(props, awsContext(this))),
    );

    const { forceDestroy = false, deletionProtection = !forceDestroy } = props;
    this.zone = new Route53Zone(this, 'zone', {
      name: props.zoneName,
      forceDestroy,
      lifecycle: preventDestroy(deletionProtection),
      vpc: props.visibility === 'private' ? props.vpcIds.map((vpcId) => ({ vpcId })) : undefined,
    });
    this.zoneId = this.zone.zoneId;
    this.zoneName = props.zoneName;
    this.visibility = props.visibility ?? 'public';
    this.nameServers = this.zone.nameServers;

    const delegation = props.visibility === 'private' ? undefined : this.addDelegation(props.parent);
    this.ready = delegation ? [delegation] : [];
    if (props.visibility !== 'private') {
      this.dnssec = this.addDnssec({ ...props, deletionProtection }, delegation);
      this.addCaaRecord(props.caa ?? {});
      this.addQueryLog(props.queryLogGroupArn);
    }
  }

  /**
   * DS record for the registrar: `<key tag> <algorithm> <digest type> <digest>`.
   * @returns undefined if dnssec is off
   */
  get dsRecord(): string | undefined {
    return this.dnssec?.dsRecord;
  }

  private addDelegation(parent: HostedZoneRef | undefined): Route53Record | undefined {
    return (
      parent &&
      new Route53Record(this, 'delegation', {
        zoneId: parent.zoneId,
        name: this.zoneName,
        type: 'NS',
        ttl: DELEGATION_TTL_SECONDS,
        records: this.nameServers,
      })
    );
  }

  private addDnssec(props: PublicHostedZoneProps, delegation: Route53Record | undefined): Dnssec | undefined {
    if ((props.dnssec ?? 'off') === 'off') {
      acknowledge(
        this.zone,
        'CKV2_AWS_38',
        'DNSSEC protects only once the parent holds the DS record, which takes two careful steps: set dnssec',
      );
      return undefined;
    }
    const dnssec = new Dnssec(this, 'dnssec', {
      zone: this.zone,
      zoneName: this.zoneName,
      deletionProtection: props.deletionProtection,
    });
    if (props.dnssec === 'trusted' && props.parent && delegation) {
      const ds = new Route53Record(this, 'ds', {
        zoneId: props.parent.zoneId,
        name: this.zoneName,
        type: 'DS',
        ttl: DS_TTL_SECONDS,
        records: [dnssec.dsRecord],
      });
      dependsOn(ds, dnssec.signing, delegation);
    }
    return dnssec;
  }

  private addCaaRecord(caa: CaaPolicy | 'none'): void {
    if (caa === 'none') return;
    new Route53Record(this, 'caa', {
      zoneId: this.zoneId,
      name: this.zoneName,
      type: 'CAA',
      ttl: CAA_TTL_SECONDS,
      records: caaValues(caa),
    });
  }

  private addQueryLog(logGroupArn: string | undefined): void {
    if (logGroupArn === undefined) {
      acknowledge(this.zone, 'CKV2_AWS_39', 'Query logs are paid for by the query: opt in with queryLogGroupArn');
      return;
    }
    new Route53QueryLog(this, 'query-log', { zoneId: this.zoneId, cloudwatchLogGroupArn: logGroupArn });
  }
}

/** Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateQueryLoggingConfig.html */
function queryLogProblem(arn: string | undefined, account: string): Problem {
  if (arn === undefined || Token.isUnresolved(arn)) return false;
  const owner = QUERY_LOG_GROUP.exec(arn)?.[1];
  if (owner === undefined) {
    return `queryLogGroupArn '${arn}' is not a log group in us-east-1, the only region that Route 53 logs to: create one there`;
  }
  return (
    owner !== account &&
    `queryLogGroupArn '${arn}' is a log group of account ${owner}, Route 53 logs to those of the zone's own account, ${account}: create one there`
  );
}

function publicProblems(props: PublicHostedZoneProps, aws: AwsContext): readonly Problem[] {
  const { zoneName, parent, dnssec = 'off', caa, queryLogGroupArn } = props;
  return [
    parent &&
      (!isWithin(zoneName, parent.zoneName) || zoneName === parent.zoneName) &&
      `zoneName '${zoneName}' is not a subdomain of parent '${parent.zoneName}': give the zone of a domain above it`,
    parent?.visibility === 'private' &&
      `parent '${parent.zoneName}' is private and cannot delegate: give the public zone of that name`,
    dnssec === 'trusted' &&
      !parent &&
      `dnssec 'trusted' requires parent, for the DS record: set parent, or use 'signed' and add dsRecord at the registrar`,
    ...(caa === undefined || caa === 'none' ? [] : caaPolicyProblems(caa)),
    dnssecProblem(dnssec, aws),
    queryLogProblem(queryLogGroupArn, aws.account),
  ];
}

function privateProblems({ zoneName, vpcIds }: PrivateHostedZoneProps): readonly Problem[] {
  return [
    ...duplicates(vpcIds).map((id) => `vpcIds has ${id} twice: remove one`),
    vpcIds.length === 0 && `vpcIds is empty, so ${zoneName} would not resolve anywhere: give at least one VPC`,
  ];
}

import { Route53HealthCheck } from '@cdktf/provider-aws/lib/route53-health-check';
import { isIP } from 'node:net';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import { number, object, oneOf, optional, text, wholeNumber } from '../core/shape';
import { domainNameProblem, isWildcard } from './domain-name';

export interface HealthCheckProps {
  /** The public host to check over HTTPS; its certificate is not verified. */
  readonly host: string;
  /** @default '/' */
  readonly path?: string;
  /** @default 443 */
  readonly port?: number;
  /**
   * Interval between requests of each checker, in seconds; 10 costs extra.
   * @default 30
   */
  readonly intervalSeconds?: 10 | 30;
  /**
   * Consecutive failed requests, 1 to 10, after which the host is unhealthy.
   * @default 3
   */
  readonly failureThreshold?: number;
}

export const HEALTH_CHECK_PROPS = object<HealthCheckProps>({
  host: text(),
  path: optional(text()),
  port: optional(wholeNumber(1, 65_535)),
  intervalSeconds: optional(oneOf(10, 30)),
  failureThreshold: optional(number),
});

const MAX_FAILURES = 10;
/** Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html */
const MAX_PATH = 255;

/** Checks a public endpoint from several regions; records with `routing` use the result. */
export class HealthCheck extends Construct {
  readonly healthCheck: Route53HealthCheck;
  readonly healthCheckId: string;

  constructor(scope: Construct, id: string, props: HealthCheckProps) {
    super(scope, id);
    checkProps(this, props, HEALTH_CHECK_PROPS);
    const { host, path = '/', port = 443, intervalSeconds = 30, failureThreshold = 3 } = props;
    check(
      this,
      domainNameProblem('host', host),
      isIP(host) !== 0 && `host '${host}' is an address: give a name, which Route 53 resolves for each check`,
      !Token.isUnresolved(host) &&
        !host.includes('.') &&
        `host '${host}' does not resolve on the internet: give a full name, such as www.example.com`,
      isWildcard(host) && `host '${host}' is a wildcard: give a single host`,
      !Token.isUnresolved(path) && !path.startsWith('/') && `path '${path}' must start with /`,
      !Token.isUnresolved(path) &&
        path.length > MAX_PATH &&
        `path has ${path.length} characters, Route 53 allows at most ${MAX_PATH}: use a shorter one`,
      !Token.isUnresolved(failureThreshold) &&
        !(Number.isInteger(failureThreshold) && failureThreshold >= 1 && failureThreshold <= MAX_FAILURES) &&
        `failureThreshold must be a whole number from 1 to ${MAX_FAILURES}, got ${failureThreshold}`,
    );

    this.healthCheck = new Route53HealthCheck(this, 'health-check', {
      type: 'HTTPS',
      fqdn: host,
      port,
      resourcePath: path,
      requestInterval: intervalSeconds,
      failureThreshold,
      enableSni: true,
    });
    this.healthCheckId = this.healthCheck.id;
  }
}

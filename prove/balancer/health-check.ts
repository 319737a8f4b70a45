import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Endpoint } from '../proxy/kube-proxy';
import type { HealthCheckSettings } from '../stacks/load-balancer-settings';

/** Resolves with an empty text, or the reason of the failure. */
export type Check = (
  endpoint: Endpoint | undefined,
  settings: HealthCheckSettings,
  localAddress?: string,
) => Promise<string>;

/**
 * Checks at an interval. The first success makes a new target healthy; after that, the thresholds decide. Source: "Health
 * checks for your target groups",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export class HealthCheck {
  private healthy?: boolean;
  private successes = 0;
  private failures = 0;
  private stopped = false;

  constructor(
    private readonly settings: HealthCheckSettings,
    private readonly endpoint: () => Endpoint | undefined,
    private readonly onChange: (healthy: boolean, reason: string) => void,
    private readonly localAddress?: string,
    private readonly check: Check = checkOnce,
  ) {}

  /** @param offset when the first check is sent, in milliseconds */
  start(offset: number): void {
    const interval = this.settings.intervalSeconds * 1000;
    const loop = async () => {
      let next = Date.now() + offset;
      while (!this.stopped) {
        await sleep(Math.max(0, next - Date.now()), undefined, { ref: false });
        next += interval;
        if (this.stopped) return;
        this.add(await this.check(this.endpoint(), this.settings, this.localAddress));
      }
    };
    void loop();
  }

  stop(): void {
    this.stopped = true;
  }

  add(failure: string): void {
    if (this.stopped) return;
    this.successes = failure ? 0 : this.successes + 1;
    this.failures = failure ? this.failures + 1 : 0;
    const isNew = this.healthy === undefined;
    if (!failure && this.healthy !== true && this.successes >= (isNew ? 1 : this.settings.healthyThreshold)) {
      this.healthy = true;
      this.onChange(true, 'its health check succeeds');
    }
    if (failure && this.healthy !== false && this.failures >= this.settings.unhealthyThreshold) {
      this.healthy = false;
      this.onChange(false, failure);
    }
  }
}

function checkOnce(
  endpoint: Endpoint | undefined,
  settings: HealthCheckSettings,
  localAddress?: string,
): Promise<string> {
  const { path, timeoutSeconds, matcher } = settings;
  return new Promise((resolve) => {
    if (!endpoint) {
      setTimeout(() => resolve('its packets were dropped'), timeoutSeconds * 1000).unref();
      return;
    }
    const sent = request(
      {
        host: endpoint.address,
        port: endpoint.port,
        path,
        localAddress,
        agent: false,
        headers: { 'user-agent': 'ELB-HealthChecker/2.0', connection: 'close' },
      },
      (response) => {
        response.resume();
        clearTimeout(timer);
        const status = response.statusCode ?? 0;
        resolve(matcher.includes(status) ? '' : `its health check got ${status}`);
      },
    );
    const timer = setTimeout(() => sent.destroy(new Error('timeout')), timeoutSeconds * 1000);
    sent.on('error', (error) => {
      clearTimeout(timer);
      resolve(`its health check failed: ${error.message}`);
    });
    sent.end();
  });
}

import { outagesOf } from '../../../../lib/cli/changes/outages';
import type { StackPlan } from '../../../../lib/offline';
import { describeWithTerraform, removeSynthesized } from '../../offline/support/app';
import { planScenarios, type Scenario } from './site';

/** A scenario with the expected reasons by address: of outages, and of notes. */
export interface OutageRow extends Scenario {
  readonly name: string;
  readonly outages?: Readonly<Record<string, string>>;
  readonly notes?: Readonly<Record<string, string>>;
}

/** The types of the site that a group of rows needs. */
export const WEB = [
  'aws_security_group',
  'aws_lb',
  'aws_lb_listener',
  'aws_lb_target_group',
  'aws_lb_listener_rule',
] as const;
export const CERTIFICATES = ['aws_acm_certificate', 'aws_lb_listener_certificate'] as const;
export const TARGETS = ['aws_autoscaling_group', 'aws_autoscaling_attachment'] as const;
export const PORTS = ['aws_vpc_security_group_ingress_rule', 'kubernetes_service_v1'] as const;
export const KUBERNETES = [
  'kubernetes_service_v1',
  'kubernetes_daemon_set_v1',
  'kubernetes_deployment_v1',
  'kubernetes_ingress_class_v1',
  'kubernetes_ingress_v1',
] as const;

export const IN_NO_ORDER = 'in the same apply: Terraform does not order the two, so requests may fail for a moment';

/** Plans every row, and compares what is found. */
export function describeOutages(name: string, types: readonly string[], rows: readonly OutageRow[]): void {
  afterAll(removeSynthesized);

  describeWithTerraform(`outages: ${name}`, () => {
    let plans: readonly StackPlan[];
    beforeAll(async () => (plans = await planScenarios(rows, types)), 300_000);

    test.each(rows.map((row, index) => ({ ...row, index })))('$name', ({ index, outages = {}, notes = {} }) => {
      const found = outagesOf([plans[index]!]);
      expect({ outages: reasons(found.outages), notes: reasons(found.notes) }).toEqual({ outages, notes });
    });
  });
}

/** Reasons by address. */
export function reasons(findings: readonly { readonly address: string; readonly reason: string }[]) {
  return Object.fromEntries(findings.map(({ address, reason }) => [address, reason]));
}

import 'quayside/testing/jest';
import { planStack } from 'quayside/testing';
import type { App } from 'cdktf';
import { AwsStack } from '../../../lib/core/aws-stack';
import type { Nat } from '../../../lib/network/nat';
import { Vpc } from '../../../lib/network/vpc';
import { describeWithTerraform, PLACE } from '../offline/support/app';

jest.setTimeout(60_000);

const app =
  (zones: readonly string[], nat: Nat = { kind: 'single' }) =>
  (scope: App) => {
    const stack = new AwsStack(scope, 'test', PLACE);
    new Vpc(stack, 'network', { name: 'shop', cidr: '10.20.0.0/16', zones, nat });
    return stack;
  };
const BEFORE = ['eu-west-1b', 'eu-west-1c'];
const WITH_A = ['eu-west-1a', ...BEFORE];
const chosen = (zone: string): Nat => ({ kind: 'single', zone });

describeWithTerraform('the only NAT gateway', () => {
  test('an added zone that comes first is rejected, with the zone to write', async () => {
    await expect(planStack(app(WITH_A), { baseline: app(BEFORE) })).rejects.toThrow(
      /The NAT gateway of VPC 'shop' is in eu-west-1b and would move to eu-west-1a,\s+with another public address: keep it with nat: { kind: 'single', zone:\s+'eu-west-1b' }, or choose eu-west-1a in the same way\./,
    );
  });

  test.each([
    { what: 'a later zone is added', zones: [...BEFORE, 'eu-west-1d'], nat: undefined },
    { what: 'its zone is written', zones: WITH_A, nat: chosen('eu-west-1b') },
  ])('stays where it is if $what', async ({ zones, nat }) => {
    const plan = await planStack(app(zones, nat), { baseline: app(BEFORE) });
    expect(plan).toHaveNoDestroy();
    expect(plan.getResource('aws_nat_gateway', 'network/nat/gateway-eu-west-1b').action).toBe('no-op');
    expect(plan.getResource('terraform_data', 'network/nat/zone').action).toBe('no-op');
  });

  test('moves if another zone is chosen, which is recorded', async () => {
    const plan = await planStack(app(WITH_A, chosen('eu-west-1a')), { baseline: app(BEFORE) });
    expect(plan.getResource('aws_nat_gateway', 'network/nat/gateway-eu-west-1a').action).toBe('create');
    expect(plan.getResource('terraform_data', 'network/nat/zone').action).toBe('update');
  });
});

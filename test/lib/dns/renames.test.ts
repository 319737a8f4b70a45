import 'quayside/testing/jest';
import { planStack } from 'quayside/testing';
import type { App } from 'cdktf';
import { AwsStack } from '../../../lib/core/aws-stack';
import { formerly } from '../../../lib/core/formerly';
import { Certificate } from '../../../lib/dns/certificate';
import { HostedZone } from '../../../lib/dns/hosted-zone';
import { AliasRecords } from '../../../lib/dns/records';
import { describeWithTerraform, PLACE } from '../offline/support/app';

jest.setTimeout(60_000);

/** A zone, its certificate and its alias: their ids begin with `id`. */
const app = (id: string, former?: string) => (scope: App) => {
  const stack = new AwsStack(scope, 'test', PLACE);
  const formerId = (part: string) => former && `${former}-${part}`;
  const zone = new HostedZone(stack, `${id}-zone`, { zoneName: 'example.com' });
  formerly(zone, formerId('zone'));
  const certificate = new Certificate(stack, `${id}-certificate`, { domainName: 'example.com', zones: [zone] });
  formerly(certificate, formerId('certificate'));
  const target = { dnsName: 'lb.example.net', hostedZoneId: 'Z0123456789ABCDEFGHIJ' };
  const alias = new AliasRecords(stack, `${id}-alias`, { zone, name: 'example.com', target });
  formerly(alias, formerId('alias'));
};

describeWithTerraform('a renamed zone, certificate and alias', () => {
  test('move within the state: no record and no certificate is deleted', async () => {
    expect(await planStack(app('new', 'old'), { baseline: app('old') })).toPlan({});
  });

  test('a zone that is removed from the stack takes its prevent_destroy along', async () => {
    const planned = await planStack(app('new'), { baseline: app('old') });
    expect(
      planned
        .ofType('aws_route53_zone')
        .map(({ action }) => action)
        .sort(),
    ).toEqual(['create', 'destroy']);
  });
});

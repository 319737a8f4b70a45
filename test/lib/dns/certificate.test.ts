import { TerraformOutput } from 'cdktf';
import { Certificate, type CertificateProps } from '../../../lib/dns/certificate';
import { HostedZone } from '../../../lib/dns/hosted-zone';
import { refusal, synthStack } from '../../support/stack';

const com = { zoneId: 'ZCOM', zoneName: 'example.com' };
const staging = { zoneId: 'ZSTAGING', zoneName: 'staging.example.com' };
const zones = [com, staging];

function certificates(...all: readonly CertificateProps[]) {
  return synthStack((stack) => all.forEach((props, index) => new Certificate(stack, `c${index}`, props)));
}

test('one static record per domain, in the most specific zone; a domain and its wildcard share one', () => {
  const stack = certificates({
    domainName: 'example.com',
    subjectAlternativeNames: ['*.example.com', '*.staging.example.com', 'example.com'],
    zones,
  });
  const certificate = stack.getResource('aws_acm_certificate');
  expect(certificate.attributes).toMatchObject({
    domain_name: 'example.com',
    subject_alternative_names: ['*.example.com', '*.staging.example.com'],
    validation_method: 'DNS',
    lifecycle: { create_before_destroy: true },
  });
  expect(stack.ofType('aws_route53_record').map(({ path, attributes }) => [path, attributes['zone_id']])).toEqual([
    ['certificate-validation/example.com/example.com', 'ZCOM'],
    ['certificate-validation/staging.example.com/staging.example.com', 'ZSTAGING'],
  ]);
  expect(stack.getResource('aws_route53_record', 'staging.example.com/staging.example.com').attributes).toMatchObject({
    name: `\${one([for option in ${certificate.address}.domain_validation_options : option.resource_record_name if option.domain_name == "*.staging.example.com"])}`,
    type: 'CNAME',
    records: [
      `\${one([for option in ${certificate.address}.domain_validation_options : option.resource_record_value if option.domain_name == "*.staging.example.com"])}`,
    ],
    allow_overwrite: true,
  });
});

test('the certificate is requested only after the zone is delegated', () => {
  const stack = synthStack((scope) => {
    const zone = new HostedZone(scope, 'zone', { zoneName: 'staging.example.com', parent: com });
    new Certificate(scope, 'certificate', { domainName: 'staging.example.com', zones: [zone] });
  });
  expect(stack.getResource('aws_acm_certificate').attributes['depends_on']).toEqual([
    stack.getResource('aws_route53_record', 'zone/delegation').address,
  ]);
});

test('users of the ARN depend on the validation, which depends on the records', () => {
  const stack = synthStack((scope) => {
    const certificate = new Certificate(scope, 'c', { domainName: 'example.com', zones });
    new TerraformOutput(scope, 'arn', { value: certificate.certificateArn });
    expect(certificate.domainNames).toEqual(['example.com']);
  });
  const validation = stack.getResource('aws_acm_certificate_validation');
  expect(stack.json.output?.['arn']?.['value']).toBe(`\${${validation.address}.certificate_arn}`);
  expect(stack.isAfter(validation, stack.getResource('aws_route53_record'))).toBe(true);
  expect(stack.isAfter(stack.getResource('aws_route53_record'), stack.getResource('aws_acm_certificate'))).toBe(true);
});

describe('certificates of one stack', () => {
  const shop: CertificateProps = { domainName: '*.example.com', zones };
  const apex: CertificateProps = { domainName: 'example.com', zones };

  test('share the record of a domain, and every validation depends on it', () => {
    const stack = certificates(apex, shop);
    const record = stack.getResource('aws_route53_record');
    for (const path of ['c0/validation', 'c1/validation']) {
      expect(stack.isAfter(stack.getResource('aws_acm_certificate_validation', path), record)).toBe(true);
    }
  });

  test('the address of the record does not depend on which certificate creates it', () => {
    const address = (...all: readonly CertificateProps[]) =>
      certificates(...all).getResource('aws_route53_record').address;
    expect(address(shop)).toBe(address(apex, shop));
    expect(address(apex)).toBe(address(apex, shop));
  });

  test('a replaced certificate does not change the record', () => {
    expect(certificates(apex).getResource('aws_route53_record').attributes['lifecycle']).toEqual({
      ignore_changes: ['name', 'records'],
    });
  });
});

test('region: certificate and validation, for CloudFront', () => {
  const stack = certificates({ domainName: 'example.com', zones, region: 'us-east-1' });
  expect(stack.getResource('aws_acm_certificate').attributes['region']).toBe('us-east-1');
  expect(stack.getResource('aws_acm_certificate_validation').attributes['region']).toBe('us-east-1');
});

test.each<{ props: CertificateProps; problem: string }>([
  {
    props: { domainName: 'example.com', subjectAlternativeNames: ['shop.example.org'], zones },
    problem:
      "subjectAlternativeNames 'shop.example.org' is in none of the public zones (example.com, staging.example.com): add the zone that contains it to zones",
  },
  {
    props: { domainName: 'example.com', zones: [{ ...com, visibility: 'private' }] },
    problem: "domainName 'example.com' is in none of the public zones (none): add the zone that contains it to zones",
  },
  {
    props: { domainName: `${'a'.repeat(53)}.example.com`, zones },
    problem: `domainName '${'a'.repeat(53)}.example.com' has 65 characters, ACM allows at most 64: use a shorter domainName and move this one to subjectAlternativeNames`,
  },
  {
    props: { domainName: 'example.com', subjectAlternativeNames: ['shop.*.example.com'], zones },
    problem:
      "subjectAlternativeNames 'shop.*.example.com' has a wildcard that is not its entire leftmost label: use the form *.example.com",
  },
])('$props.domainName, $props.subjectAlternativeNames is rejected', ({ props, problem }) => {
  expect(refusal((stack) => new Certificate(stack, 'c', props))).toBe(`test/c: ${problem}`);
});

test('all problems at once', () => {
  expect(
    refusal(
      (stack) =>
        new Certificate(stack, 'c', { domainName: 'Example.com', subjectAlternativeNames: ['a.example.org'], zones }),
    ),
  ).toBe(`test/c: 2 problems
  - domainName 'Example.com' has uppercase letters: use 'example.com'
  - subjectAlternativeNames 'a.example.org' is in none of the public zones (example.com, staging.example.com): add the zone that contains it to zones`);
});

import { AwsStack } from '../../../lib/core/aws-stack';
import { RegistrySettings } from '../../../lib/registry/registry-settings';
import { synthApp } from '../../../lib/testing/synthesized-stack';
import { refusal, synthStack } from '../../support/stack';

test('by default, Inspector scans all images continuously', () => {
  const stack = synthStack((scope) => new RegistrySettings(scope, 'registry'));
  expect(stack.getResource('aws_ecr_registry_scanning_configuration').attributes).toMatchObject({
    scan_type: 'ENHANCED',
    rule: [{ scan_frequency: 'CONTINUOUS_SCAN', repository_filter: [{ filter: '*', filter_type: 'WILDCARD' }] }],
  });
});

test('continuouslyScanned: all others are scanned on push', () => {
  const stack = synthStack((scope) => new RegistrySettings(scope, 'registry', { continuouslyScanned: ['shop/*'] }));
  expect(stack.getResource('aws_ecr_registry_scanning_configuration').attributes['rule']).toEqual([
    { scan_frequency: 'CONTINUOUS_SCAN', repository_filter: [{ filter: 'shop/*', filter_type: 'WILDCARD' }] },
    { scan_frequency: 'SCAN_ON_PUSH', repository_filter: [{ filter: '*', filter_type: 'WILDCARD' }] },
  ]);
});

test('a second one for the account and region is rejected, another region is not', () => {
  expect(
    refusal((stack) => {
      new RegistrySettings(stack, 'registry');
      const again = new AwsStack(stack.node.root as AwsStack, 'again', stack.aws);
      new RegistrySettings(again, 'settings');
    }),
  ).toBe(
    'again/settings: the registry scanning of account 123456789012 in eu-west-1 is already declared by test/registry: keep only one of them',
  );
  synthApp((app) => {
    for (const region of ['eu-west-1', 'eu-central-1']) {
      new RegistrySettings(new AwsStack(app, region, { account: '123456789012', region }), 'registry');
    }
  });
});

test('an invalid filter is rejected', () => {
  expect(refusal((stack) => new RegistrySettings(stack, 'registry', { continuouslyScanned: ['Shop'] }))).toBe(
    "test/registry: continuouslyScanned 'Shop' is not a valid repository pattern: use lowercase letters, digits and . _ - / with *",
  );
});

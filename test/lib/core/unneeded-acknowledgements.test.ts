import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { Construct, type IConstruct } from 'constructs';
import { App } from 'cdktf';
import { acknowledge, acknowledgeAll } from '../../../lib/core/acknowledge';
import { AwsStack } from '../../../lib/core/aws-stack';
import { check, checkAtSynth } from '../../../lib/core/check';
import { markObjectsChecked } from '../../../lib/core/checked-objects';
import type { RuleCode } from '../../../lib/core/rules';
import { validate } from '../../../lib/core/synthesize';
import { unneededAcknowledgements } from '../../../lib/core/unneeded-acknowledgements';

function unneeded(build: (app: App, stack: AwsStack) => void, everyStack = true): readonly string[] {
  const app = new App({ skipValidation: true });
  build(app, new AwsStack(app, 'one', { account: '123456789012', region: 'eu-west-1' }));
  validate(app);
  return unneededAcknowledgements(app, everyStack);
}

const breaks = (scope: IConstruct, code: RuleCode): void => check(scope, { code, problem: 'it is broken' });
const line = (path: string, code: RuleCode): string =>
  `${path}: nothing breaks the rule '${code}' here: remove its acknowledgement`;

test('unneeded acknowledgements are reported with their construct', () => {
  const found = unneeded((app, stack) => {
    acknowledge(app, 'overlapping-environments', 'a test');
    acknowledge(stack, 'spot-single-type', 'a test');
    acknowledge(new Construct(stack, 'network'), 'no-way-to-aws', 'a test');
  });
  expect(found).toEqual([
    line('app', 'overlapping-environments'),
    line('one', 'spot-single-type'),
    line('one/network', 'no-way-to-aws'),
  ]);
});

test('those needed by a check, in a constructor or at synthesis, are not reported', () => {
  const found = unneeded((app, stack) => {
    acknowledge(app, 'overlapping-environments', 'a test');
    acknowledge(stack, 'spot-single-type', 'a test');
    breaks(new Construct(stack, 'a'), 'overlapping-environments');
    checkAtSynth(stack, () => [{ code: 'spot-single-type', problem: 'one type' }]);
  });
  expect(found).toEqual([]);
});

test('only the nearest acknowledgement is needed', () => {
  const found = unneeded((_, stack) => {
    acknowledge(stack, 'host-path', 'of all');
    const agent = new Construct(stack, 'agent');
    acknowledge(agent, 'host-path', 'of the agent');
    breaks(agent, 'host-path');
  });
  expect(found).toEqual([line('one', 'host-path')]);
});

test('those for scanners are not reported', () => {
  expect(unneeded((_, stack) => acknowledge(stack, 'CKV_AWS_18', 'a test'))).toEqual([]);
});

describe('an acknowledgement shared by several stacks', () => {
  const data = { 'public-api-open': 'a test', 'mutable-image': 'a test' };
  const declare = (app: App, stack: AwsStack): void => {
    const environment = new Construct(app, 'environment');
    for (const scope of [environment, stack]) acknowledgeAll(scope, data);
    breaks(stack, 'public-api-open');
  };

  test('is needed if one of them needs it, and reported once', () => {
    expect(unneeded(declare)).toEqual([line('environment', 'mutable-image')]);
  });

  test('may be needed by a stack that was not built', () => {
    expect(unneeded(declare, false)).toEqual([]);
    expect(unneeded((app) => acknowledge(app, 'host-path', 'a test'), false)).toEqual([]);
  });

  test('may be needed by stacks of the environment in other apps', () => {
    expect(unneeded((_, stack) => acknowledgeAll(stack, data))).toEqual([]);
  });
});

describe('a Kubernetes object that is not checked', () => {
  const deployment = (scope: Construct): void => {
    new KubernetesProvider(scope, 'kubernetes');
    new DeploymentV1(scope, 'deployment', { metadata: {}, spec: { template: { metadata: {}, spec: {} } } });
  };

  test('needs the reasons that a report shows for it', () => {
    const found = unneeded((_, stack) => {
      acknowledge(stack, 'host-path', 'a test');
      acknowledge(stack, 'spot-single-type', 'a test');
      deployment(stack);
    });
    expect(found).toEqual([line('one', 'spot-single-type')]);
  });

  test('is distinguished from one whose construct was checked', () => {
    const found = unneeded((_, stack) => {
      acknowledge(stack, 'host-path', 'a test');
      const workload = new Construct(stack, 'workload');
      markObjectsChecked(workload);
      deployment(workload);
    });
    expect(found).toEqual([line('one', 'host-path')]);
  });

  test.each<{ of: string; build: (home: Construct) => void }>([
    {
      of: 'a construct with a check of its own',
      build: (home) => {
        check(home, false);
        deployment(home);
      },
    },
    {
      of: 'a construct below a checked one',
      build: (home) => {
        markObjectsChecked(home);
        deployment(new Construct(home, 'plain'));
      },
    },
  ])('needs them in $of', ({ build }) => {
    const found = unneeded((_, stack) => {
      const home = new Construct(stack, 'home');
      acknowledge(home, 'host-path', 'a test');
      build(home);
    });
    expect(found).toEqual([]);
  });

  test('needs those of data that are declared on its stack and on an environment', () => {
    const data = { 'host-path': 'a test', 'mutable-image': 'a test' };
    const found = unneeded((app, stack) => {
      for (const scope of [new Construct(app, 'environment'), stack]) acknowledgeAll(scope, data);
      deployment(stack);
    });
    expect(found).toEqual([line('environment', 'mutable-image')]);
  });
});

import { Fn, TerraformOutput } from 'cdktf';
import type { AddOn } from '../../../lib/platform/add-on';
import { addOnFormProblems } from '../../../lib/platform/add-on-form';
import { addOnProblems } from '../../../lib/platform/add-on-order';
import { exportAddOnOutputs, installInfrastructure } from '../../../lib/platform/install';
import { namespaceSettingsProblems, type NamespaceSettings } from '../../../lib/platform/namespace-settings';
import { readFacts, type FactsData } from '../../../lib/platform/read-facts';
import { settingsProblems, type RequestedSettings } from '../../../lib/platform/requested-settings';
import { testFacts, testInfrastructure, testPlatform } from '../../support/platform';
import { group, inStack, returned, type Group } from '../try';

const PLATFORM = { platform: () => {} };
const LOGS = { name: 'logs', ...PLATFORM };
const OUTPUT = { outputs: { bucket: 'log_bucket_name' } };
/** An add-on that declares `log_bucket_name`, with a half that returns these outputs. */
const returning = (outputs: unknown): AddOn =>
  ({ name: 'logs', ...OUTPUT, infrastructure: () => outputs }) as unknown as AddOn;

const FUNCTION = 'the value is a function, or what one returned';

export const GROUPS: readonly Group[] = [
  group(
    returned(({ addOns }: { readonly addOns: unknown }) => addOnFormProblems(addOns)),
    {
      'addOns must be a list, got {}': { wrong: { addOns: 'ingress' }, right: { addOns: [LOGS] } },
      "addOns has an add-on named {}: use lowercase words joined by '-', such as log-shipper": {
        wrong: { addOns: [{ ...LOGS, name: 'Log shipper' }] },
        right: { addOns: [{ ...LOGS, name: 'log-shipper' }] },
      },
      "unknown property '{}'{}": {
        wrong: { addOns: [{ ...LOGS, require: ['ingress'] }] },
        right: { addOns: [{ ...LOGS, requires: ['ingress'] }] },
      },
      "unknown property '{}': remove it, or use a class for an add-on with data of its own": {
        wrong: { addOns: [{ ...LOGS, owner: 'team-a' }] },
        right: { addOns: [LOGS] },
      },
      "infrastructureId must be lowercase words joined by '-', got {}": {
        wrong: { addOns: [{ ...LOGS, infrastructureId: 'Logs' }] },
        right: { addOns: [{ ...LOGS, infrastructureId: 'logs' }] },
      },
      'requires must be a list of names, got {}': {
        wrong: { addOns: [{ ...LOGS, requires: 'ingress' }] },
        right: { addOns: [{ ...LOGS, requires: ['ingress'] }] },
      },
      'outputs must be an object of names, got {}': {
        wrong: { addOns: [{ ...LOGS, outputs: 'bucket' }] },
        right: { addOns: [{ ...LOGS, outputs: { bucket: 'log_bucket_name' } }] },
      },
      '{} must be a function, got {}': {
        wrong: { addOns: [{ ...LOGS, platform: 'logs' }] },
        right: { addOns: [LOGS] },
      },
      'addOns has {}, which is not an add-on: call its function, such as ingress()': {
        wrong: { addOns: ['logs'] },
        right: { addOns: [LOGS] },
      },
    },
  ),
  group(
    returned((settings: RequestedSettings) =>
      settingsProblems(
        [{ label: "add-on 'logs'", settings }],
        [{ label: 'the environment', settings: { logRotation: { containerLogMaxMib: 10 } } }],
      ),
    ),
    {
      '{} sets {}, but {} sets {}: use the same value, or remove one': {
        wrong: { logRotation: { containerLogMaxMib: 20 } },
        right: { logRotation: { containerLogMaxMib: 10 } },
      },
    },
  ),
  group(
    returned((addOns: readonly AddOn[]) => addOnProblems(addOns)),
    {
      "addOns has '{}' twice: list it once": { wrong: [LOGS, LOGS], right: [LOGS] },
      "add-on '{}' has outputs, which only infrastructure() returns: implement it, or remove the outputs": {
        wrong: [{ ...LOGS, ...OUTPUT } as unknown as AddOn],
        right: [{ ...LOGS, ...OUTPUT, infrastructure: () => ({}) } as unknown as AddOn],
      },
      "add-on '{}' has install(), which was replaced: implement platform(), or infrastructure() for AWS resources that need no cluster":
        { wrong: [{ name: 'logs', install: () => {} } as unknown as AddOn], right: [LOGS] },
      "add-on '{}' has neither infrastructure() nor platform(): implement one": {
        wrong: [{ name: 'logs' }],
        right: [LOGS],
      },
      "add-on '{}' uses the id of a construct of the environment: rename it": {
        wrong: [{ ...PLATFORM, name: 'add-ons' }],
        right: [{ ...PLATFORM, name: 'more' }],
      },
      "add-ons '{}' and '{}' both have the infrastructureId '{}': rename one": {
        wrong: [
          { name: 'logs', infrastructure: () => {} },
          { name: 'log-bucket', infrastructureId: 'logs', infrastructure: () => {} },
        ],
        right: [
          { name: 'logs', infrastructure: () => {} },
          { name: 'log-bucket', infrastructureId: 'bucket', infrastructure: () => {} },
        ],
      },
      "add-on '{}' requires '{}', which is not in addOns: add it": {
        wrong: [{ ...LOGS, requires: ['storage'] }],
        right: [
          { ...LOGS, requires: ['storage'] },
          { ...PLATFORM, name: 'storage' },
        ],
      },
      "add-on '{}' of the infrastructure stack requires '{}' of the platform stack, which is deployed later: remove the requirement":
        {
          wrong: [{ name: 'bucket', requires: ['logs'], infrastructure: () => {} }, LOGS],
          right: [{ name: 'bucket', infrastructure: () => {} }, LOGS],
        },
      'addOns have a dependency cycle ({}): remove one requirement': {
        wrong: [
          { ...PLATFORM, name: 'one', requires: ['two'] },
          { ...PLATFORM, name: 'two', requires: ['one'] },
        ],
        right: [
          { ...PLATFORM, name: 'one', requires: ['two'] },
          { ...PLATFORM, name: 'two' },
        ],
      },
      "add-on '{}' has the output '{}': use lowercase words joined by '_', such as log_bucket_name": {
        wrong: [{ ...returning({}), outputs: { bucket: 'logBucketName' } } as AddOn],
        right: [{ ...returning({}), outputs: { bucket: 'log_bucket_name' } } as AddOn],
      },
      "add-ons {} have the same output '{}': rename one": {
        wrong: [returning({}), { ...returning({}), name: 'other' }],
        right: [returning({}), { ...returning({}), name: 'other', outputs: { bucket: 'other_bucket_name' } } as AddOn],
      },
    },
  ),
  group(
    inStack((stack, addOn: AddOn) => {
      const outputs = installInfrastructure(stack, [addOn], testInfrastructure());
      exportAddOnOutputs(stack, [addOn], outputs);
    }),
    {
      "infrastructure() of add-on '{}' must return an object of strings, got {}": {
        wrong: returning('bucket'),
        right: returning({ bucket: 'logs' }),
      },
      "add-on '{}' declares the output '{}', which infrastructure() does not return: return it": {
        wrong: returning({}),
        right: returning({ bucket: 'logs' }),
      },
      "output '{}' of add-on '{}' must be a string, got {}": {
        wrong: returning({ bucket: 1 }),
        right: returning({ bucket: 'logs' }),
        unnamed: FUNCTION,
      },
      "infrastructure() of add-on '{}' returns '{}', which is not in outputs: declare it there": {
        wrong: returning({ bucket: 'logs', key: 'k' }),
        right: { ...returning({ bucket: 'logs', key: 'k' }), outputs: { ...OUTPUT.outputs, key: 'log_key' } } as AddOn,
      },
    },
  ),
  group(
    inStack((stack, addOn: AddOn) => {
      new TerraformOutput(stack, 'log_bucket_name', { value: 'taken' });
      exportAddOnOutputs(stack, [addOn], new Map([['logs', { bucket: 'logs' }]]));
    }),
    {
      "add-on '{}' has the output '{}', a name that the infrastructure stack already uses: rename it": {
        wrong: { name: 'logs', outputs: { bucket: 'log_bucket_name' } },
        right: { name: 'logs', outputs: { bucket: 'logs_bucket_name' } },
      },
    },
  ),
  group<unknown>(
    inStack((stack, facts) => void readFacts(stack, facts as FactsData)),
    {
      'facts must be the object that npx quayside facts writes, got {}': {
        wrong: 'production.json',
        right: testFacts(),
      },
      '{} have no version: {}': { wrong: { ...testFacts(), version: undefined }, right: testFacts() },
      '{} have version {}, but the installed quayside supports version {}: {}': {
        wrong: { ...testFacts(), version: 99 },
        right: testFacts(),
      },
    },
  ),
  group(
    returned((settings: NamespaceSettings) => namespaceSettingsProblems(settings, new Set(['kube-system']))),
    {
      'namespaces.{} has settings, but Kubernetes creates that namespace: remove them': {
        wrong: { 'kube-system': { labels: { team: 'shop' } } },
        right: { monitoring: { labels: { team: 'shop' } } },
      },
    },
  ),
  group(
    inStack((stack, name: string) => void testPlatform(stack).namespace(name)),
    {
      'the name given to namespace() is known only after apply, but it is part of state addresses: pass a literal': {
        wrong: Fn.join('-', ['a', 'b']),
        right: 'a-b',
        unnamed: 'the value is known after apply',
      },
    },
  ),
];

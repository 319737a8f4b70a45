import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Fn, TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../../../lib/core/acknowledge';
import { asyncProblem } from '../../../lib/core/async-problem';
import { awsContext, partitionOf, provideAwsContext } from '../../../lib/core/aws-context';
import { AwsStack, type AwsStackProps } from '../../../lib/core/aws-stack';
import { check, checkData } from '../../../lib/core/check';
import { cidrProblem } from '../../../lib/core/cidr';
import { anyCidrProblem } from '../../../lib/core/ipv6-cidr';
import { publicCidrProblem } from '../../../lib/core/peer-cidr';
import { formerly } from '../../../lib/core/formerly';
import { iamSettingsProblems, type IamSettings } from '../../../lib/core/iam-settings';
import { jsonObject } from '../../../lib/core/json-shape';
import { logRetentionProblem } from '../../../lib/core/log-retention';
import { nameTooLong } from '../../../lib/core/naming';
import { renamedValue } from '../../../lib/core/renamed-props';
import { buildIfSelected, selection, unknownStacks } from '../../../lib/core/selection';
import { integer, list, object, optional, shapeProblems, text } from '../../../lib/core/shape';
import { TAGS } from '../../../lib/core/tag-shape';
import { synthesize } from '../../../lib/core/synthesize';
import { directory, group, inApp, inStack, PLACE, returned, type Group } from '../try';

const PORT = object<{ readonly name: string; readonly number?: number; readonly hosts?: readonly string[] }>(
  {
    name: text('a name, such as http'),
    number: optional(integer),
    hosts: optional(list(text())),
  },
  { renamed: { port: 'number' } },
);
const CYCLE: Record<string, unknown> = {};
CYCLE['replicas'] = [CYCLE];
const FREE = object<{ readonly value: number }>({ value: integer });

const CONTEXT = 'the input is the app: only a construct has a path';
const NUMBER = 'it has the number of values';

const tags = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, 'shop']));
const OWN_TAGS = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`own-${index}`, 'shop']));

export const GROUPS: readonly Group[] = [
  group(
    returned((data: unknown) => shapeProblems(data, PORT)),
    {
      '{} must be {}, got {}': { wrong: { name: 'http', number: '80' }, right: { name: 'http', number: 80 } },
      '{} is required, {}': { wrong: {}, right: { name: 'http' } },
      "unknown property '{}': {}": { wrong: { name: 'http', hots: ['a'] }, right: { name: 'http', hosts: ['a'] } },
      '{} was renamed: use {}': { wrong: { name: 'http', port: 80 }, right: { name: 'http', number: 80 } },
      '{} is a promise: await it before': {
        wrong: { name: 'http', hosts: Promise.resolve(['a']) },
        right: { name: 'http', hosts: ['a'] },
      },
    },
  ),
  group(
    returned((data: unknown) => shapeProblems(data, FREE)),
    { '{} is required: {}': { wrong: {}, right: { value: 1 } } },
  ),
  group(
    returned((data: unknown) => shapeProblems(data, PORT)),
    {
      '{} is known after apply: use a literal, {}': {
        wrong: { name: 'http', hosts: Token.asAny(Fn.split(',', 'a')) },
        right: { name: 'http', hosts: ['a'] },
      },
    },
  ),
  group(
    returned((data: unknown) => shapeProblems(data, jsonObject(), 'values')),
    {
      '{} must be a string, a number, true, false, null, a list or an object, got {}': {
        wrong: { replicas: NaN },
        right: { replicas: 1 },
      },
    },
  ),
  group(
    returned(({ replicas }: { replicas: 'a cycle' | number }) =>
      shapeProblems({ replicas: replicas === 'a cycle' ? CYCLE : replicas }, jsonObject(), 'values'),
    ),
    {
      '{} contains itself: write what it stands for': {
        wrong: { replicas: 'a cycle' },
        right: { replicas: 1 },
        unnamed: 'its value has no end',
      },
    },
  ),
  group(
    returned(({ name }: { name: string }) => nameTooLong('load-balancer', 'name', name)),
    {
      "{} '{}' has {} characters, AWS allows at most {}: shorten it": {
        wrong: { name: 'a-name-that-is-longer-than-32-characters' },
        right: { name: 'a-name-that-is-not' },
      },
    },
  ),
  group(
    returned(({ cidr }: { cidr: string }) => cidrProblem('cidr', cidr)),
    {
      "{} '{}' is not a valid IPv4 CIDR: use one such as 10.20.0.0/16": {
        wrong: { cidr: '10.20.0.0' },
        right: { cidr: '10.20.0.0/16' },
      },
      "{} '{}' has host bits set: use {}": { wrong: { cidr: '10.20.3.0/16' }, right: { cidr: '10.20.0.0/16' } },
    },
  ),
  group(
    returned(({ cidr }: { cidr: string }) => publicCidrProblem('cidr', cidr, 'remove it')),
    {
      "{} '{}' is within {} ({}), addresses that no other host has: list its network instead": {
        wrong: { cidr: '127.0.0.1/32' },
        right: { cidr: '192.0.2.0/24' },
      },
      "{} '{}' is within {} ({}), and never seen on the internet: list the public addresses of that network, or {}": {
        wrong: { cidr: '10.20.0.0/16' },
        right: { cidr: '192.0.2.0/24' },
      },
    },
  ),
  group(
    inApp((app, id: string) => void new AwsStack(app, id, PLACE)),
    {
      "id '{}' must have no white space and none of *?[]{}!: use letters and hyphens": {
        wrong: 'team ${x}',
        right: 'team-x',
      },
    },
  ),
  group(
    returned(({ cidr }: { cidr: string }) => anyCidrProblem('cidr', cidr)),
    {
      "{} '{}' is not a valid IPv6 CIDR: use one such as 2001:db8::/32": {
        wrong: { cidr: '2001:db8::' },
        right: { cidr: '2001:db8::/32' },
      },
      "{} '{}' has host bits set: use {}/{}": { wrong: { cidr: '2001:db8::1/32' }, right: { cidr: '2001:db8::/32' } },
    },
  ),
  group(
    returned(({ days }: { days: number }) => logRetentionProblem('days', days)),
    { '{} {} is not supported by CloudWatch Logs: use one of {}': { wrong: { days: 100 }, right: { days: 90 } } },
  ),
  group(
    returned((built: unknown) => asyncProblem('the function', built)),
    {
      '{} is async: read what it needs before, and place its constructs without waiting': {
        wrong: Promise.resolve(),
        right: undefined,
      },
    },
  ),
  group(
    returned(({ kind }: { kind: string }) => renamedValue('kind', kind, { paid: 'spot' })),
    { "{} '{}' was renamed: use '{}'": { wrong: { kind: 'paid' }, right: { kind: 'spot' } } },
  ),
  group(
    inStack((stack, acknowledged: boolean) => {
      if (acknowledged) acknowledge(stack, 'robot-any-branch', 'a fork builds it');
      check(stack, { code: 'robot-any-branch', problem: 'subjects has a wildcard: give a branch' });
    }),
    {
      "{} (if intended: acknowledge(scope, '{}', 'the reason'))": {
        wrong: false,
        right: true,
        unnamed: 'the input is the acknowledgement',
      },
    },
  ),
  group(
    inApp((app, provided: boolean) => {
      const stack = new TerraformStack(app, 'team');
      if (provided) provideAwsContext(stack, PLACE);
      awsContext(stack);
    }),
    {
      'account and region are not set: extend AwsStack, or call provideAwsContext(this, { account, region }) first in the constructor of the stack':
        { wrong: false, right: true, unnamed: CONTEXT },
    },
  ),
  group(
    inApp((app, props: Partial<AwsStackProps>) => void new AwsStack(app, 'team', { ...PLACE, ...props })),
    {
      "{} has the key '{}': use another prefix, AWS reserves aws:": {
        wrong: { tags: { 'aws:team': 'shop' } },
        right: { tags: { team: 'shop' } },
      },
      "{} has the key '{}': use 1 to {} characters": {
        wrong: { tags: { ['k'.repeat(129)]: 'shop' } },
        right: { tags: { ['k'.repeat(128)]: 'shop' } },
      },
      '{} has {} characters, AWS allows at most {}: shorten it': {
        wrong: { tags: { team: 's'.repeat(257) } },
        right: { tags: { team: 's'.repeat(256) } },
        unnamed: 'its value is too long for a message',
      },
      "{} has the keys '{}' and '{}', which are the same key for IAM: remove one": {
        wrong: { tags: { team: 'shop', Team: 'shop' } },
        right: { tags: { team: 'shop' } },
      },
    },
  ),
  group(
    inApp((app, { tags: own }: { readonly tags: Readonly<Record<string, string>> }) => {
      const stack = new AwsStack(app, 'team', { ...PLACE, tags: tags(40) });
      new IamRole(stack, 'role', { assumeRolePolicy: '{}', tags: { ...own } });
    }),
    {
      '{} would have {} tags, AWS allows at most {}: use {} fewer in tags of the stack, or in {}': {
        wrong: { tags: { ...tags(40), ...OWN_TAGS, eleventh: 'shop' } },
        right: { tags: { ...tags(40), ...OWN_TAGS } },
        unnamed: NUMBER,
      },
    },
  ),
  group<unknown>(
    returned((tags) => shapeProblems({ tags }, object<{ readonly tags: Record<string, string> }>({ tags: TAGS }))),
    {
      '{} must be an object of strings, got {}': { wrong: 'shop', right: { team: 'shop' } },
      '{} must be a string, got {}': { wrong: { team: 1 }, right: { team: '1' } },
      '{} has {} keys, AWS allows at most {} per resource, with its own: remove at least {}': {
        wrong: tags(51),
        right: tags(50),
        unnamed: NUMBER,
      },
    },
  ),
  group(
    returned((iam: IamSettings) => iamSettingsProblems('iam', iam, { ...PLACE, ...partitionOf(PLACE.region) })),
    {
      "{} '{}' is neither the name nor the ARN of a policy: write its name, such as DeveloperBoundary": {
        wrong: { permissionsBoundary: 'the boundary' },
        right: { permissionsBoundary: 'DeveloperBoundary' },
      },
      "{} '{}' is a policy of account {}, and IAM takes only one of the role's account: create it in {}, and write its name":
        {
          wrong: { permissionsBoundary: 'arn:aws:iam::210987654321:policy/boundary' },
          right: { permissionsBoundary: 'boundary' },
        },
      "{} '{}' is of partition {}, and the stack's region is in {}: begin it with arn:{}:": {
        wrong: { permissionsBoundary: 'arn:aws-cn:iam::123456789012:policy/boundary' },
        right: { permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary' },
      },
      "{} '{}' is not a path: begin and end it with a slash, such as /platform/, with letters, digits and +=,.@_- between them":
        { wrong: { rolePath: 'platform' }, right: { rolePath: '/platform/' } },
      "{} '{}' is reserved for roles that AWS creates: use a path of your own": {
        wrong: { rolePath: '/aws-service-role/' },
        right: { rolePath: '/platform/' },
      },
      '{} has {} characters, IAM allows at most {}: shorten it': {
        wrong: { rolePath: `/${'a'.repeat(511)}/` },
        right: { rolePath: `/${'a'.repeat(510)}/` },
        unnamed: 'its value is too long for a message',
      },
      '{} must be a literal: ARNs of roles are derived from it': {
        wrong: { rolePath: Fn.join('/', ['', 'platform', '']) },
        right: { rolePath: '/platform/' },
        unnamed: 'the value is known after apply',
      },
    },
  ),
  group(
    inApp((app, { keyPrefix }: { readonly keyPrefix: string }) => {
      const of = (prefix: string) =>
        ({ kind: 's3', bucket: 'states', region: 'eu-west-1', keyPrefix: prefix }) as const;
      new AwsStack(app, 'team', { ...PLACE, backend: of('') });
      new AwsStack(new Construct(app, 'other'), 'team', { ...PLACE, backend: of(keyPrefix) });
    }),
    {
      'backend stores the state at {}, as does {}: change the stack id, bucket or keyPrefix of one of them': {
        wrong: { keyPrefix: '' },
        right: { keyPrefix: 'other/' },
      },
    },
  ),
  group(
    inStack((stack, { name }: { readonly name: string }) => {
      for (const [id, role] of [
        ['one', 'ci'],
        ['other', name],
      ] as const) {
        new IamRole(stack, id, { name: role, assumeRolePolicy: '{}' });
      }
    }),
    {
      "{} '{}' of {} is also the name of {}, which AWS allows once per {}: rename one of them, such as its environment or node group":
        { wrong: { name: 'ci' }, right: { name: 'ci-two' } },
    },
  ),
  group(
    inApp((app, referencing: boolean) => {
      const [owner, reader] = ['owner', 'reader'].map((id) => new AwsStack(app, id, PLACE));
      if (referencing) reader!.registerIncomingCrossStackReference(owner!);
    }),
    {
      'references a resource of stack {}, which would have to be deployed before this one can be planned: pass a literal, or read an output of that stack (environmentRef)':
        {
          wrong: true,
          right: false,
          unnamed: 'a reference is known to cdktf only as a stack, which the message names',
        },
    },
  ),
  group(
    inStack((stack, formerId: string | undefined) => {
      for (const id of ['one', 'two']) new Construct(stack, id);
      formerly(stack.node.findChild('two') as Construct, formerId);
    }),
    {
      "it was formerly '{}', which exists: remove this former name, or rename in two applies, the first one without the other '{}'":
        { wrong: 'one', right: undefined },
    },
  ),
  group(
    inApp((app, { stack }: { readonly stack: string }) => {
      for (const [key, value] of Object.entries(selection([stack]))) app.node.setContext(key, value);
      buildIfSelected(app, { stack: 'shop' }, () => new TerraformStack(app, 'shop'));
      checkData('stacks', unknownStacks(app));
    }),
    { 'no stack is named {}: use one of {}': { wrong: { stack: 'shpo' }, right: { stack: 'shop' } } },
  ),
  group(
    (build: unknown) => {
      const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
      try {
        synthesize({ outdir: directory() }, build as () => void);
        return write.mock.calls.map(([printed]) => String(printed).trim());
      } finally {
        write.mockRestore();
        process.exitCode = undefined;
      }
    },
    {
      'the second argument must be a function that adds the stacks: synthesize({}, (app) => { ... })': {
        wrong: undefined,
        right: () => {},
      },
    },
  ),
  group(
    inStack((stack, { code, reason }: { readonly code: string; readonly reason: string }) => {
      acknowledge(stack, code as 'robot-any-branch', reason);
    }),
    {
      "acknowledge('{}') is not a rule in docs/reference/rules.md{}": {
        wrong: { code: 'robot-any-brnch', reason: 'a fork builds it' },
        right: { code: 'robot-any-branch', reason: 'a fork builds it' },
        unnamed: 'code is the name of a parameter',
      },
      "acknowledge('{}') requires a reason": {
        wrong: { code: 'robot-any-branch', reason: '' },
        right: { code: 'robot-any-branch', reason: 'a fork builds it' },
      },
    },
  ),
];

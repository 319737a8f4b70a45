import { Fn } from 'cdktf';
import { permissionProblems } from '../../../lib/iam/permission-problems';
import type { Statement } from '../../../lib/iam/policy-document';

const OBJECTS = ['arn:aws:s3:::builds/*'];

test.each<{ of: string; statement: Statement; problems?: readonly RegExp[] }>([
  { of: 'an action on an ARN', statement: { actions: ['s3:GetObject'], resources: OBJECTS } },
  { of: 'patterns', statement: { actions: ['s3:Get*', 'ec2:Describe?'], resources: ['arn:aws:s3:::*'] } },
  { of: 'every action on everything', statement: { actions: ['*'], resources: ['*'] } },
  {
    of: 'a variable of the policy',
    statement: { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::builds/${aws:PrincipalTag/team}/*'] },
  },
  {
    of: 'what is known after apply',
    statement: { actions: ['s3:GetObject'], resources: [Fn.join('/', ['arn:aws:s3:::builds', '*'])] },
  },
  { of: 'a denial', statement: { sid: 'NoDelete', effect: 'Deny', actions: ['s3:DeleteObject'], resources: ['*'] } },
  {
    of: 'no resources',
    statement: { actions: ['s3:GetObject'] },
    problems: [/^statements\[0\]\.resources is required/],
  },
  {
    of: 'the name of a bucket',
    statement: { actions: ['s3:GetObject'], resources: ['builds'] },
    problems: [/resources has 'builds', which is neither an ARN nor '\*'/],
  },
  {
    of: 'an action without its service, and words',
    statement: { actions: ['GetObject', 's3: GetObject'], resources: OBJECTS },
    problems: [/actions has 'GetObject'/, /actions has 's3: GetObject'/],
  },
  {
    of: 'principals',
    statement: { actions: ['s3:GetObject'], resources: OBJECTS, principals: { AWS: ['*'] } },
    problems: [/principals has no place/],
  },
  {
    of: 'a sid with spaces',
    statement: { sid: 'Read it', actions: ['s3:GetObject'], resources: OBJECTS },
    problems: [/sid 'Read it' is not valid/],
  },
])('permissions with $of', ({ statement, problems = [] }) => {
  expect(permissionProblems('statements', [statement]).filter(Boolean)).toEqual(
    problems.map((problem) => expect.stringMatching(problem)),
  );
});

test('a sid is unique among the permissions', () => {
  const read: Statement = { sid: 'Read', actions: ['s3:GetObject'], resources: OBJECTS };
  expect(permissionProblems('statements', [read, read])).toContain("statements has the sid 'Read' twice: rename one");
});

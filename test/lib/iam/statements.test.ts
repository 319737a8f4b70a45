import { policyDocument } from '../../../lib/iam/policy-document';
import { accountAdministersKey, accountPrincipals, denyPlaintext } from '../../../lib/iam/statements';

const aws = {
  account: '123456789012',
  region: 'cn-north-1',
  partition: 'aws-cn',
  dnsSuffix: 'amazonaws.com.cn',
  tags: {},
  iam: {},
};

test("an account's administrators keep its keys", () => {
  expect(accountAdministersKey(aws)).toEqual({
    sid: 'AccountAdministersThroughIam',
    principals: { AWS: ['arn:aws-cn:iam::123456789012:root'] },
    actions: ['kms:*'],
    resources: ['*'],
  });
});

test('accounts come in one order, whatever the order of the data', () => {
  expect(accountPrincipals(aws, '222222222222', '111111111111')).toEqual({
    AWS: ['arn:aws-cn:iam::111111111111:root', 'arn:aws-cn:iam::222222222222:root'],
  });
});

test('nothing is read or sent without TLS', () => {
  expect(JSON.parse(policyDocument(denyPlaintext('Tls', 's3', 'arn', 'arn/*'))).Statement).toEqual([
    {
      Sid: 'Tls',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Resource: ['arn', 'arn/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]);
});

import type { Construct } from 'constructs';
import { EncryptionKey } from '../../../lib/iam/encryption-key';
import { ImageRepository } from '../../../lib/registry/image-repository';
import { PullThroughCache } from '../../../lib/registry/pull-through';
import { refusal } from '../../support/stack';

type Make = (scope: Construct, props: never) => unknown;
const repository: Make = (scope, props) => new ImageRepository(scope, 'it', props);
const cache: Make = (scope, props) => new PullThroughCache(scope, 'it', props);
const key: Make = (scope, props) => new EncryptionKey(scope, 'it', props);

test.each([
  {
    make: repository,
    json: '{ "name": "shop", "pullAccount": ["123456789012"] }',
    problem: "unknown property 'pullAccount': did you mean 'pullAccounts'?",
  },
  {
    make: repository,
    json: '{ "name": "shop", "lifecycle": [{ "kind": "expire-rest", "days": 0 }] }',
    problem: 'lifecycle[0].days must be a whole number of at least 1, got 0',
  },
  {
    make: repository,
    json: '{ "name": "shop", "kmsKeyArn": "alias/shop" }',
    problem: "kmsKeyArn 'alias/shop' is an alias: use the ARN of its key, arn:aws:kms:<region>:<account>:key/<id>",
  },
  {
    make: cache,
    json: '{ "upstream": { "kind": "gitlab" } }',
    problem: "upstream.kind must be one of docker-hub, github, quay, kubernetes, ecr-public, got 'gitlab'",
  },
  {
    make: key,
    json: '{ "name": "logs", "description": "Logs", "deletionWindowDays": 3 }',
    problem: 'deletionWindowDays must be a whole number from 7 to 30, got 3',
  },
  {
    make: key,
    json: '{ "name": "aws/logs", "description": "Logs" }',
    problem: "name 'aws/logs' begins with aws/, which is reserved for keys of AWS: choose another name",
  },
])('$json is rejected', ({ make, json, problem }) => {
  expect(refusal((stack) => void make(stack, JSON.parse(json) as never))).toBe(`test/it: ${problem}`);
});

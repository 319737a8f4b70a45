import { pullThroughCacheArn } from '../../../lib/iam/pull-through';

test.each([
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/quay', 'arn:aws:ecr:eu-west-1:123456789012:repository/quay/*'],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/mirror/q', 'arn:aws:ecr:eu-west-1:123456789012:repository/mirror/q/*'],
  ['123456789012.dkr-ecr.eu-west-1.on.aws/quay', 'arn:aws:ecr:eu-west-1:123456789012:repository/quay/*'],
  // Without a prefix it is every repository.
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', undefined],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/', undefined],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/*', undefined],
  ['mirror.example.com/quay', undefined],
])('%s is %s', (url, arn) => {
  expect(pullThroughCacheArn(url, { partition: 'aws' })).toBe(arn);
});

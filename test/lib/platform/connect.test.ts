import { connectCluster } from '../../../lib/platform/connect';
import { existingCluster } from '../../support/cluster';
import { synthStack } from '../../support/stack';

test.each([
  { region: undefined, args: ['eks', 'get-token', '--cluster-name', 'legacy', '--region', 'eu-west-1'] },
  { region: 'us-east-1', args: ['eks', 'get-token', '--cluster-name', 'legacy', '--region', 'us-east-1'] },
])('the provider gets its token from the AWS CLI, in region $region', ({ region, args }) => {
  const { json } = synthStack((stack) => void connectCluster(stack, existingCluster({ region })));
  const [provider] = (json.provider?.['kubernetes'] ?? []) as { readonly exec: readonly object[] }[];
  expect(provider!.exec).toEqual([{ api_version: 'client.authentication.k8s.io/v1beta1', command: 'aws', args }]);
  expect(JSON.stringify(json)).not.toContain('"token"');
});

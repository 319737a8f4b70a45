import { Token } from 'cdktf';
import { connectCluster } from '../../../lib/platform/connect';
import { existingCluster } from '../../support/cluster';
import { refusal, synthStack } from '../../support/stack';

test.each([
  { region: undefined, args: ['eks', 'get-token', '--cluster-name', 'legacy', '--region', 'eu-west-1'] },
  { region: 'us-east-1', args: ['eks', 'get-token', '--cluster-name', 'legacy', '--region', 'us-east-1'] },
])('the provider gets its token from the AWS CLI, in region $region', ({ region, args }) => {
  const { json } = synthStack((stack) => void connectCluster(stack, existingCluster({ region })));
  const [provider] = (json.provider?.['kubernetes'] ?? []) as { readonly exec: readonly object[] }[];
  expect(provider!.exec).toEqual([{ api_version: 'client.authentication.k8s.io/v1beta1', command: 'aws', args }]);
  expect(JSON.stringify(json)).not.toContain('"token"');
});

test('a cluster may be known only after apply; its other text is literal', () => {
  const clusterName = Token.asString({ resolve: () => '${aws_eks_cluster.a.name}' });
  const cluster = { ...existingCluster(), clusterName, endpoint: 'https://${name}' };
  const { json } = synthStack((stack) => void connectCluster(stack, cluster));
  expect(json.provider?.['kubernetes']).toMatchObject([
    {
      host: 'https://$${name}',
      exec: [{ args: expect.arrayContaining(['${aws_eks_cluster.a.name}']) }],
    },
  ]);
});

test.each<{ cluster: string; problems: readonly string[] }>([
  { cluster: 'null', problems: ['cluster must be a cluster, such as new Cluster(...), got null'] },
  {
    cluster: '{"name":"legacy","endpoint":"legacy.example.com","certificateAuthority":"-----BEGIN","region":"Ireland"}',
    problems: [
      "unknown property 'cluster.name': remove it",
      'cluster.clusterName is required: the name of a cluster, 1 to 100 letters, digits, hyphens and underscores',
      "cluster.region must be an AWS region, such as eu-west-1, got 'Ireland'",
      "cluster.endpoint must be the URL of the API server, such as https://ABCDEF.gr7.eu-west-1.eks.amazonaws.com, got 'legacy.example.com'",
      "cluster.certificateAuthority must be Base64, as EKS returns it, got '-----BEGIN'",
    ],
  },
])('$cluster is rejected', ({ cluster, problems }) => {
  const data = JSON.parse(cluster) as ReturnType<typeof existingCluster>;
  const [problem, ...others] = problems;
  expect(refusal((stack) => void connectCluster(stack, data))).toBe(
    others.length === 0 ? `test: ${problem}` : `test: ${problems.length} problems\n  - ${problems.join('\n  - ')}`,
  );
});

import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { Fn, TerraformOutput } from 'cdktf';
import { base64OfTemplate } from '../../../lib/cluster/template-base64';
import { synthStack } from '../../support/stack';

test.each([
  { name: 'plain text', text: () => 'a\n"b"\\', expected: '${base64encode("a\\n\\"b\\"\\\\")}' },
  {
    name: 'Terraform template sequences',
    text: () => '${HOME} %{x} }',
    expected: '${base64encode("$${HOME} %%{x} }")}',
  },
  {
    name: 'several references',
    text: ({ endpoint, arn }: EksCluster) => `{"a": "${endpoint}"} \${x} ${arn} }`,
    expected: '${base64encode("{\\"a\\": \\"${aws_eks_cluster.eks.endpoint}\\"} $${x} ${aws_eks_cluster.eks.arn} }")}',
  },
  {
    name: 'functions',
    text: () => `dns = "${Fn.cidrhost('172.20.0.0/16', 10)}"`,
    expected: '${base64encode("dns = \\"${cidrhost("172.20.0.0/16", 10)}\\"")}',
  },
])('$name', ({ text, expected }) => {
  const stack = synthStack((scope) => {
    const eks = new EksCluster(scope, 'eks', { name: 'e', roleArn: 'r', vpcConfig: { subnetIds: [] } });
    new TerraformOutput(scope, 'text', { value: base64OfTemplate(text(eks)) });
  });
  expect(stack.json.output!['text']!['value']).toBe(expected);
});

import { StandardAddOns } from '../../../lib/cluster/standard-add-ons';
import { STANDARD_ADD_ONS, type StandardAddOnsProps } from '../../../lib/cluster/eks-add-on-props';
import { existingCluster } from '../../support/cluster';
import { refusal, synthStack } from '../../support/stack';

const props = (additional: StandardAddOnsProps['additional']): StandardAddOnsProps => ({
  cluster: existingCluster(),
  after: [],
  additional,
});

test('further EKS add-ons have a version, a configuration, a role and an order', () => {
  const stack = synthStack(
    (it) =>
      new StandardAddOns(
        it,
        'add-ons',
        props({
          'amazon-cloudwatch-observability': { version: 'v4.4.0-eksbuild.1', after: ['cert-manager', 'coredns'] },
          'cert-manager': {
            version: 'v1.18.2-eksbuild.2',
            configuration: { replicas: 2, note: '${literal}' },
            podIdentity: {
              namespace: 'cert-manager',
              serviceAccount: 'cert-manager',
              managedPolicies: ['ReadOnlyAccess'],
            },
          },
        }),
      ),
  );
  const addOn = (name: string) => stack.getResource('aws_eks_addon', `add-ons/${name}/add-on`);
  expect(addOn('cert-manager').attributes).toMatchObject({
    addon_name: 'cert-manager',
    addon_version: 'v1.18.2-eksbuild.2',
    configuration_values: '{"note":"$${literal}","replicas":2}',
    pod_identity_association: [{ service_account: 'cert-manager' }],
  });
  for (const earlier of ['cert-manager', 'coredns'])
    expect(stack.isAfter(addOn('amazon-cloudwatch-observability'), addOn(earlier))).toBe(true);
});

test.each<{ additional: object; problem: string }>([
  { additional: { efs: {} }, problem: 'additional.efs.version is required: a string' },
  {
    additional: { coredns: { version: 'v1.0.0' } },
    problem: "additional has 'coredns', which is a standard add-on: configure it in settings",
  },
  {
    additional: { 'vpc-cni': { version: 'v1.0.0' } },
    problem: "additional has 'vpc-cni', which is a standard add-on: configure it in addOns of the cluster",
  },
  {
    additional: { a: { version: 'v1.0.0', after: ['b'] }, b: { version: 'v1.0.0', after: ['a'] } },
    problem:
      "2 problems\n  - additional.a.after leads back to 'a' (a -> b -> a): remove one of the steps\n  - additional.b.after leads back to 'b' (b -> a -> b): remove one of the steps",
  },
])('$additional is rejected', ({ additional, problem }) => {
  expect(refusal((it) => new StandardAddOns(it, 'add-ons', props(additional as never)))).toBe(
    `test/add-ons: ${problem}`,
  );
});

test('without others there is none to come after', () => {
  const settings = Object.fromEntries(STANDARD_ADD_ONS.map((name) => [name, 'none' as const]));
  const additional = { efs: { version: 'v1.0.0', after: ['coredns'] } };
  expect(refusal((it) => new StandardAddOns(it, 'add-ons', { ...props(additional), settings }))).toBe(
    "test/add-ons: additional.efs.after has 'coredns', which is not installed here: remove it",
  );
});

test('latest is not a version', () => {
  expect(refusal((it) => new StandardAddOns(it, 'add-ons', props({ efs: { version: 'latest' } })))).toContain(
    "version 'latest' of 'efs' is not a version: use one such as v1.2.3-eksbuild.1",
  );
});

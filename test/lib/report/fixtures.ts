import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../../../lib/core/acknowledge';
import type { AwsStack } from '../../../lib/core/aws-stack';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { policyDocument } from '../../../lib/iam/policy-document';
import { WorkloadRole } from '../../../lib/iam/workload-role';
import { ServiceAccount } from '../../../lib/kubernetes/service-account';
import { Workload } from '../../../lib/kubernetes/workload';
import { collectReport } from '../../../lib/report/collect';
import type { Report } from '../../../lib/report/model';
import type { SynthesizedStack } from '../../../lib/testing/synthesized-stack';
import { testPlatform } from '../../support/platform';
import { synthStack } from '../../support/stack';
import { environment, synthEnvironments } from '../environment/fixtures';

export function reportOf(stacks: Iterable<SynthesizedStack>, name = 'test'): Report {
  return collectReport(name, [...stacks]);
}

/** The report of an environment named `staging`. */
export function environmentReport(overrides: Partial<EnvironmentProps> = {}): Report {
  const props = environment(overrides);
  return reportOf(synthEnvironments(props).values(), props.name);
}

/** The report of a stack with the constructs that `build` adds. */
export function stackReport(build: (stack: AwsStack) => void): Report {
  return reportOf([synthStack(build)]);
}

const IDENTITY = { name: 'agent', component: 'logs', partOf: 'platform' };

/** An add-on with all privileges and permissions that a report must cover. */
export function powerfulAgent(stack: AwsStack, { image = 'quay.io/example/agent:v1' } = {}): void {
  const platform = testPlatform(stack);
  const home = new Construct(stack, 'agent');
  acknowledge(home, 'run-as-root', 'The logs of the node belong to root');
  acknowledge(home, 'host-network', 'It watches the network of the node');
  acknowledge(home, 'added-capabilities', 'It reads sockets');
  acknowledge(home, 'host-path', 'The logs are files of the node');
  acknowledge(home, 'rbac-all-secrets', 'It keeps them in step with a vault');
  const namespace = platform.namespace('node-agents');
  const account = new ServiceAccount(home, 'account', {
    namespace,
    identity: IDENTITY,
    clusterRules: [
      { resources: ['secrets'], verbs: ['get', 'list'] },
      { nonResourceUrls: ['/metrics'], verbs: ['get'] },
    ],
    rules: [{ apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: ['agent'], verbs: ['update'] }],
  });
  new WorkloadRole(home, 'role', {
    name: 'agent',
    description: 'Ships logs',
    cluster: { clusterName: 'production' },
    namespace: 'node-agents',
    serviceAccount: 'agent',
    managedPolicies: ['CloudWatchAgentServerPolicy'],
    statements: [
      { actions: ['s3:PutObject'], resources: ['arn:aws:s3:::logs/*'] },
      {
        actions: ['logs:*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:ResourceTag/owner': ['platform', 'audit'] } },
      },
      { effect: 'Deny', actions: ['logs:DeleteLogGroup'], resources: ['*'] },
    ],
  });
  new Workload(home, 'agent', {
    namespace,
    identity: IDENTITY,
    controller: { kind: 'daemon-set' },
    containers: [
      {
        name: 'agent',
        image,
        ports: {},
        resources: { cpu: '150m', memory: '64Mi' },
        readiness: { command: ['true'] },
        mounts: [{ volume: 'logs', path: '/var/log' }],
      },
    ],
    volumes: { logs: { kind: 'host-path', path: '/var/log', type: 'Directory' } },
    serviceAccount: account,
    privileges: { runAsRoot: true, hostNetwork: true, capabilities: ['NET_ADMIN'] },
  });
}

/** A role that pods assume through the cluster's OIDC provider, and one that a CI system assumes in the same way. */
export function federatedRoles(stack: AwsStack): void {
  const trust = (subject: string) =>
    JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/issuer' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringEquals: { 'issuer:aud': 'sts.amazonaws.com', 'issuer:sub': subject } },
        },
      ],
    });
  new IamRole(stack, 'pods', { name: 'pods', assumeRolePolicy: trust('system:serviceaccount:shop:web') });
  new IamRole(stack, 'ci', { name: 'ci', assumeRolePolicy: trust('repo:example/shop:ref:refs/heads/main') });
}

/** Kinds of policies that an app may define, but the library does not. */
export function exceptionalPolicies(stack: AwsStack): void {
  const role = new IamRole(stack, 'role', {
    name: 'role',
    assumeRolePolicy: '{}',
    managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    inlinePolicy: [
      {
        name: 'queue',
        policy: policyDocument({
          actions: ['sqs:SendMessage'],
          resources: ['arn:aws:sqs:eu-west-1:123456789012:jobs'],
        }),
      },
    ],
  });
  new EksPodIdentityAssociation(stack, 'association', {
    clusterName: 'production',
    namespace: 'shop',
    serviceAccount: 'web',
    roleArn: role.arn,
  });
  new IamRolePolicy(stack, 'all-but', {
    role: role.name,
    policy: JSON.stringify({ Statement: { Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::secret' } }),
  });
  new IamRolePolicy(stack, 'computed', { role: role.name, policy: Fn.jsonencode({ Statement: [] }) });
}

/** A name with markup that must be escaped, and too long for a box of the drawing. */
export const HOSTILE = `<script>alert("1")</script>'&amp;-${'long'.repeat(30)}`;

export function hostileAccount(stack: AwsStack): void {
  testPlatform(stack);
  acknowledge(
    new ServiceAccountV1(stack, 'account', { metadata: { name: 'x', labels: { 'app.kubernetes.io/name': HOSTILE } } }),
    'CKV_K8S_1',
    HOSTILE,
  );
}

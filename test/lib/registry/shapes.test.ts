import type { Construct } from 'constructs';
import { EncryptionKey } from '../../../lib/iam/encryption-key';
import { ServiceRole } from '../../../lib/iam/service-role';
import { WorkloadRole } from '../../../lib/iam/workload-role';
import { CiRole } from '../../../lib/registry/ci-role';
import { ImageRepository } from '../../../lib/registry/image-repository';
import { PullThroughCache } from '../../../lib/registry/pull-through';
import { refusal } from '../../support/stack';

type Make = (scope: Construct, props: never) => unknown;
const repository: Make = (scope, props) => new ImageRepository(scope, 'it', props);
const cache: Make = (scope, props) => new PullThroughCache(scope, 'it', props);
const ciRole: Make = (scope, props) => new CiRole(scope, 'it', props);
const serviceRole: Make = (scope, props) => new ServiceRole(scope, 'it', props);
const workloadRole: Make = (scope, props) => new WorkloadRole(scope, 'it', props);
const key: Make = (scope, props) => new EncryptionKey(scope, 'it', props);

const CI_ROLE = `"name": "ci", "subjects": ["repo:acme/shop:ref:refs/heads/main"]`;
const PROVIDER = `"provider": { "issuer": "https://gitlab.com", "audience": "https://gitlab.com", "providerArn": "arn:aws:iam::123456789012:oidc-provider/gitlab.com" }`;
const WORKLOAD_ROLE = `"name": "shop", "description": "The shop", "namespace": "shop", "serviceAccount": "shop"`;

test.each([
  {
    make: ciRole,
    json: `{ ${CI_ROLE}, "provider": "https://gitlab.com" }`,
    problem: "provider must be an OIDC provider, such as new OidcProvider(...), got 'https://gitlab.com'",
  },
  {
    make: ciRole,
    json: `{ ${CI_ROLE}, ${PROVIDER.replace('123456789012:oidc', 'role:oidc')} }`,
    problem:
      "provider.providerArn must be an ARN, such as arn:aws:iam::123456789012:oidc-provider/gitlab.com, got 'arn:aws:iam::role:oidc-provider/gitlab.com'",
  },
  {
    make: ciRole,
    json: `{ "name": "ci", "subjects": null, ${PROVIDER} }`,
    problem: "subjects must be a list, such as [gitHubActions('acme/shop', { branch: 'main' })], got null",
  },
  {
    make: ciRole,
    json: `{ ${CI_ROLE}, ${PROVIDER}, "pushTo": ["shop"] }`,
    problem: "pushTo[0] must be a repository, such as new ImageRepository(...), got 'shop'",
  },
  {
    make: ciRole,
    json: `{ ${CI_ROLE}, ${PROVIDER}, "statements": [{ "actions": ["s3:PutObject"], "resource": ["*"] }] }`,
    problem: "unknown property 'statements[0].resource': did you mean 'resources'?",
  },
  {
    make: serviceRole,
    json: '{ "name": "builder", "description": "Builds", "service": "codebuild" }',
    problem: "service must be a service, such as 'eks.amazonaws.com', got 'codebuild'",
  },
  {
    make: serviceRole,
    json: '{ "name": "b", "description": "B", "service": "a.b", "trustConditions": { "StringEquals": { "aws:SourceArn": [] } } }',
    problem: 'trustConditions.StringEquals.aws:SourceArn is empty: list at least one',
  },
  {
    make: workloadRole,
    json: `{ ${WORKLOAD_ROLE}, "cluster": { "name": "shop" } }`,
    problem: 'cluster.clusterName is required: a string',
  },
  {
    make: workloadRole,
    json: `{ ${WORKLOAD_ROLE}, "cluster": { "clusterName": "shop" }, "identity": "irsa" }`,
    problem: 'identity was renamed: use trust',
  },
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

import { UniqueObjects } from '../../../../lib/offline/provider/unique-objects';
import { OperationLog } from '../../../../lib/offline/provider/operation-log';
import { MockProvider } from '../../../../lib/offline/provider/mock-provider';
import type { Block } from '../../../../lib/offline/schema/schema';
import { UNKNOWN, type ObjectValue } from '../../../../lib/offline/wire/values';

/** A block with the given attributes, all of them optional text. */
function block(...names: readonly string[]): Block {
  const attributes = Object.fromEntries(names.map((name) => [name, { type: 'string' as const, optional: true }]));
  return { attributes: { ...attributes, id: { type: 'string', computed: true } }, blocks: {} };
}

/** An account with mocks of a provider, one per configuration, that share its objects. */
class Account {
  private readonly objects = new UniqueObjects();

  provider(name: string, config: ObjectValue, resources: Readonly<Record<string, Block>>): MockProvider {
    const schemas = { name, provider: block(), resources, dataSources: {} };
    const mock = new MockProvider(schemas, new OperationLog(), this.objects);
    mock.configure(config);
    return mock;
  }
}

/** The error of an operation, or that it is done. */
function outcome(operation: () => unknown): string {
  try {
    operation();
    return 'done';
  } catch (error) {
    return (error as Error).message;
  }
}

const IN_ACCOUNT = { region: 'eu-west-1', allowed_account_ids: ['111122223333'] };
const withId = (given: ObjectValue): ObjectValue => ({ id: UNKNOWN, ...given });

describe('what is protected is not deleted', () => {
  test.each<{ type: string; prior: ObjectValue; deleted: boolean }>([
    { type: 'aws_lb', prior: { enable_deletion_protection: true }, deleted: false },
    { type: 'aws_lb', prior: { enable_deletion_protection: false }, deleted: true },
    { type: 'aws_lb', prior: {}, deleted: true },
    { type: 'aws_alb', prior: { enable_deletion_protection: true }, deleted: false },
    { type: 'aws_eks_cluster', prior: { deletion_protection: true }, deleted: false },
    { type: 'aws_db_instance', prior: { deletion_protection: true }, deleted: false },
    { type: 'aws_rds_cluster', prior: { deletion_protection: true }, deleted: false },
    { type: 'aws_dynamodb_table', prior: { deletion_protection_enabled: true }, deleted: false },
    { type: 'aws_cloudwatch_log_group', prior: { deletion_protection_enabled: true }, deleted: false },
    { type: 'aws_cognito_user_pool', prior: { deletion_protection: 'ACTIVE' }, deleted: false },
    { type: 'aws_cognito_user_pool', prior: { deletion_protection: 'INACTIVE' }, deleted: true },
    { type: 'aws_instance', prior: { disable_api_termination: true }, deleted: false },
    { type: 'aws_instance', prior: { disable_api_termination: true, force_destroy: true }, deleted: true },
    { type: 'aws_qldb_ledger', prior: {}, deleted: false },
    { type: 'aws_qldb_ledger', prior: { deletion_protection: false }, deleted: true },
    { type: 'aws_vpc', prior: { deletion_protection: true }, deleted: true },
  ])('$type $prior', ({ type, prior, deleted }) => {
    const mock = new Account().provider('aws', IN_ACCOUNT, { [type]: block() });
    const remove = () => mock.apply(type, { id: 'x-1', ...prior }, null);
    const rejection = /rejects the deletion of x-1: deletion protection is on.*Turn it off and apply, then/;
    expect(outcome(remove)).toMatch(deleted ? /^done$/ : rejection);
  });
});

describe('what must be unique is not created twice', () => {
  const role = { name: 'nodes' };
  test.each<{ why: string; type: string; first: ObjectValue; second: ObjectValue; rejected: boolean }>([
    { why: 'one name', type: 'aws_iam_role', first: role, second: role, rejected: true },
    { why: 'two names', type: 'aws_iam_role', first: role, second: { name: 'other' }, rejected: false },
    {
      why: 'a generated name',
      type: 'aws_iam_role',
      first: { name: UNKNOWN },
      second: { name: UNKNOWN },
      rejected: false,
    },
    { why: 'no name', type: 'aws_iam_role', first: { name: null }, second: { name: null }, rejected: false },
    {
      why: 'one principal',
      type: 'aws_eks_access_entry',
      first: { cluster_name: 'a', principal_arn: 'p' },
      second: { cluster_name: 'a', principal_arn: 'p' },
      rejected: true,
    },
    {
      why: 'one principal in two clusters',
      type: 'aws_eks_access_entry',
      first: { cluster_name: 'a', principal_arn: 'p' },
      second: { cluster_name: 'b', principal_arn: 'p' },
      rejected: false,
    },
    {
      why: 'one port',
      type: 'aws_lb_listener',
      first: { load_balancer_arn: 'a', port: 443 },
      second: { load_balancer_arn: 'a', port: 443 },
      rejected: true,
    },
    {
      why: 'one name in two networks',
      type: 'aws_security_group',
      first: { vpc_id: 'a', name: 'nodes' },
      second: { vpc_id: 'b', name: 'nodes' },
      rejected: false,
    },
    { why: 'a type that is not listed', type: 'aws_vpc', first: role, second: role, rejected: false },
  ])('$type: $why', ({ type, first, second, rejected }) => {
    const mock = new Account().provider('aws', IN_ACCOUNT, { [type]: block(...Object.keys(first)) });
    mock.apply(type, null, withId(first));
    const create = () => mock.apply(type, null, withId(second));
    expect(outcome(create)).toMatch(rejected ? /already exists/ : /^done$/);
  });

  const ROLE = { aws_iam_role: block('name') };
  const BALANCER = { aws_lb: block('name', 'region') };

  test('unless the first is deleted before', () => {
    const mock = new Account().provider('aws', IN_ACCOUNT, ROLE);
    mock.apply('aws_iam_role', mock.apply('aws_iam_role', null, withId(role)), null);
    expect(() => mock.apply('aws_iam_role', null, withId(role))).not.toThrow();
  });

  test('by an update either', () => {
    const type = 'aws_lb_listener_rule';
    const mock = new Account().provider('aws', IN_ACCOUNT, { [type]: block('listener_arn', 'priority') });
    const [one, two] = [1, 2].map((priority) => mock.apply(type, null, withId({ listener_arn: 'l', priority })));
    expect(() => mock.apply(type, one!, { ...(one as ObjectValue), priority: 2 })).toThrow(
      /listener rule l, 2 already/,
    );
    const moved = mock.apply(type, two!, { ...(two as ObjectValue), priority: 3 });
    expect(moved).toMatchObject({ priority: 3 });
    expect(mock.apply(type, one!, { ...(one as ObjectValue), priority: 2 })).toMatchObject({ priority: 2 });
  });

  test.each<{ what: string; types: Record<string, Block>; type: string; config: ObjectValue; rejected: boolean }>([
    { what: 'another stack', types: ROLE, type: 'aws_iam_role', config: IN_ACCOUNT, rejected: true },
    {
      what: 'another region, for a global type',
      types: ROLE,
      type: 'aws_iam_role',
      config: { ...IN_ACCOUNT, region: 'us-east-1' },
      rejected: true,
    },
    {
      what: 'another region',
      types: BALANCER,
      type: 'aws_lb',
      config: { ...IN_ACCOUNT, region: 'us-east-1' },
      rejected: false,
    },
    {
      what: 'an account of another role',
      types: ROLE,
      type: 'aws_iam_role',
      config: { region: 'eu-west-1', assume_role: [{ role_arn: 'arn:aws:iam::444455556666:role/deploy' }] },
      rejected: false,
    },
    {
      what: 'another account',
      types: ROLE,
      type: 'aws_iam_role',
      config: { ...IN_ACCOUNT, allowed_account_ids: ['444455556666'] },
      rejected: false,
    },
  ])('in $what', ({ types, type, config, rejected }) => {
    const account = new Account();
    account.provider('aws', IN_ACCOUNT, types).apply(type, null, withId(role));
    const create = () => account.provider('aws', config, types).apply(type, null, withId(role));
    expect(outcome(create)).toMatch(rejected ? /already exists/ : /^done$/);
  });

  describe('Kubernetes objects', () => {
    const METADATA: Block = {
      attributes: { id: { type: 'string', computed: true } },
      blocks: { metadata: { nesting: 'list', block: block('name', 'namespace', 'generate_name') } },
    };
    const object = (name: ObjectValue[string], namespace = 'shop') => withId({ metadata: [{ name, namespace }] });
    const create = (account: Account, host: string, type: string, given: ObjectValue) => () =>
      account.provider('kubernetes', { host }, { [type]: METADATA }).apply(type, null, given);

    test.each<{ what: string; host?: string; type: string; given: ObjectValue; rejected: boolean }>([
      { what: 'the same name', type: 'kubernetes_service_v1', given: object('web'), rejected: true },
      { what: 'another version of the type', type: 'kubernetes_service', given: object('web'), rejected: true },
      { what: 'another kind', type: 'kubernetes_config_map_v1', given: object('web'), rejected: false },
      { what: 'another namespace', type: 'kubernetes_service_v1', given: object('web', 'team'), rejected: false },
      { what: 'a generated name', type: 'kubernetes_service_v1', given: object(UNKNOWN), rejected: false },
      {
        what: 'another cluster',
        host: 'https://b',
        type: 'kubernetes_service_v1',
        given: object('web'),
        rejected: false,
      },
    ])('$what', ({ host = 'https://a', type, given, rejected }) => {
      const account = new Account();
      create(account, 'https://a', 'kubernetes_service_v1', object('web'))();
      const second = create(account, host, type, given);
      expect(outcome(second)).toMatch(rejected ? /^The object service shop\/web already exists/ : /^done$/);
    });

    test('types that change an object which exists create none', () => {
      const account = new Account();
      create(account, 'https://a', 'kubernetes_config_map_v1', object('web'))();
      expect(create(account, 'https://a', 'kubernetes_config_map_v1_data', object('web'))).not.toThrow();
      expect(create(account, 'https://a', 'kubernetes_config_map_v1_data', object('web'))).not.toThrow();
    });
  });

  describe('an access entry that EKS created for the role of a managed group', () => {
    const types = {
      aws_eks_cluster: block('name'),
      aws_eks_node_group: block('cluster_name', 'node_group_name', 'node_role_arn'),
      aws_eks_access_entry: block('cluster_name', 'principal_arn'),
    };
    const group = withId({ cluster_name: 'a', node_group_name: 'apps', node_role_arn: 'role' });
    const entry = withId({ cluster_name: 'a', principal_arn: 'role' });

    test('outlives the group', () => {
      const mock = new Account().provider('aws', IN_ACCOUNT, types);
      mock.apply('aws_eks_node_group', mock.apply('aws_eks_node_group', null, group), null);
      expect(() => mock.apply('aws_eks_access_entry', null, entry)).toThrow(/EKS created it.*and keeps it/);
      const other = { ...entry, principal_arn: 'other' };
      expect(() => mock.apply('aws_eks_access_entry', null, other)).not.toThrow();
      expect(() => mock.apply('aws_eks_node_group', null, { ...group, node_group_name: 'more' })).not.toThrow();
    });

    test('is deleted with the cluster', () => {
      const mock = new Account().provider('aws', IN_ACCOUNT, types);
      const cluster = mock.apply('aws_eks_cluster', null, withId({ name: 'a' }));
      mock.apply('aws_eks_node_group', mock.apply('aws_eks_node_group', null, group), null);
      mock.apply('aws_eks_cluster', cluster, null);
      expect(() => mock.apply('aws_eks_access_entry', null, entry)).not.toThrow();
    });

    test('is the entry that existed before', () => {
      const mock = new Account().provider('aws', IN_ACCOUNT, types);
      const own = mock.apply('aws_eks_access_entry', null, entry);
      mock.apply('aws_eks_node_group', null, group);
      mock.apply('aws_eks_access_entry', own, null);
      expect(() => mock.apply('aws_eks_access_entry', null, entry)).not.toThrow();
    });
  });
});

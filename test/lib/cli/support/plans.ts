import type { Action, Diagnostic, OfflinePlan, ResourcePlan, StackPlan } from '../../../../lib/offline';

/** A planned resource with the fields that matter to a test. */
export function planned(
  path: string,
  type: string,
  actions: readonly Action[],
  rest: Partial<ResourcePlan> = {},
): ResourcePlan {
  return {
    address: `${type}.${path.replaceAll('/', '_')}`,
    path,
    type,
    mode: 'managed',
    actions,
    before: null,
    after: null,
    afterUnknown: {},
    replacePaths: [],
    ...rest,
  };
}

export function stackPlan(name: string, resources: readonly ResourcePlan[], rest: Partial<StackPlan> = {}): StackPlan {
  return { name, ok: true, resources, diagnostics: [], seconds: 1, ...rest };
}

export function offlinePlanOf(...stacks: readonly StackPlan[]): OfflinePlan {
  return { ok: stacks.every(({ ok }) => ok), stacks };
}

export function errorAt(path: string, summary: string, detail = ''): Diagnostic {
  return { severity: 'error', summary, detail, addresses: [`aws_x.${path}`], paths: [path] };
}

/** The changes of an example pull request. */
export const CHANGES = stackPlan(
  'production',
  [
    planned('production/network/vpc', 'aws_vpc', ['no-op']),
    planned('production/network/private-a/subnet', 'aws_subnet', ['create'], {
      after: { cidr_block: '10.0.0.0/24' },
      afterUnknown: { id: true, vpc_id: true },
    }),
    planned('production/network-acl', 'aws_network_acl', ['delete'], { before: { id: 'acl-1' } }),
    planned('production/cluster/cluster', 'aws_eks_cluster', ['update'], {
      before: { version: '1.31' },
      after: { version: '1.32' },
    }),
    planned('production/cluster/nodes', 'aws_launch_template', ['create', 'delete'], {
      before: { id: 'lt-1', name: 'a' },
      after: { name: 'b' },
      afterUnknown: { id: true },
      replacePaths: [['name']],
    }),
    planned('production/data/database', 'aws_db_instance', ['delete', 'create'], {
      before: { engine: 'mysql' },
      after: { engine: 'postgres' },
      replacePaths: [['engine']],
    }),
    planned('production/data/renamed', 'aws_s3_bucket', ['no-op'], { previousAddress: 'aws_s3_bucket.old' }),
    planned('production/data/read', 'aws_x', ['read'], { mode: 'data' }),
  ],
  {
    plan: {
      format_version: '1.2',
      output_changes: {
        same: { actions: ['no-op'], before: 1 },
        endpoint: { actions: ['update'], before: 'a' },
        fresh: { actions: ['create'], before: null },
      },
      configuration: {
        root_module: {
          resources: [
            {
              address: 'aws_subnet.production_network_private-a_subnet',
              expressions: { vpc_id: { references: ['aws_vpc.vpc.id'] }, cidr_block: { constant_value: 'x' } },
            },
          ],
        },
      },
    },
  },
);

export const FAILED = stackPlan('staging', [], {
  ok: false,
  diagnostics: [
    errorAt('staging/network/vpc', 'Incorrect attribute value type', 'Inappropriate value:\na bool is required.'),
  ],
});

import type { StackPlan } from '../../../../lib/offline';
import { planReport } from '../../../../lib/cli/changes/plan-report';
import { LONGEST_COMMENT } from '../../../../lib/cli/render/markdown';
import { diagnosticTexts } from '../../../../lib/cli/render/diagnostics';
import { planJson } from '../../../../lib/cli/render/plan-json';
import { planMarkdown } from '../../../../lib/cli/render/plan-markdown';
import { planText } from '../../../../lib/cli/render/plan-text';
import { style } from '../../../../lib/cli/render/style';
import { CHANGES, FAILED, offlinePlanOf, planned, stackPlan } from '../support/plans';

const paint = style(false);
const report = planReport(offlinePlanOf(CHANGES), { against: 'main' });

test('text: data loss, then constructs by their first level, then known values', () => {
  expect(planText(report, { paint })).toMatchInlineSnapshot(`
   "1 resource that holds data would be lost:
     production/data/database (aws_db_instance, holds a database) would be replaced, forced by engine

   production: 1 to create, 1 to change, 2 to replace, 1 to destroy, 1 to move, 1 unchanged
       - network-acl  aws_network_acl
     cluster
       ~ cluster  aws_eks_cluster
           version: "1.31" -> "1.32"
     +/- nodes    aws_launch_template
           name: "a" -> "b"  forces replacement
     data
     -/+ database  aws_db_instance
           engine: "mysql" -> "postgres"  forces replacement
       > renamed   aws_s3_bucket  aws_s3_bucket.old has moved to aws_s3_bucket.production_data_renamed
     network
       + private-a/subnet  aws_subnet  after apply: vpc_id
     outputs  ~ endpoint  + fresh
     Values of created resources: 3 known now, 3 known after apply (1 of them in arguments).
   "
  `);
});

test('text with values includes those of created resources', () => {
  const text = planText(report, { paint, values: true });
  expect(text).toMatch(/cidr_block: "10\.0\.0\.0\/24"\n +vpc_id: \(known after apply\)/);
});

test('text: several stacks have a total, unless one failed', () => {
  const total = (...stacks: readonly StackPlan[]) => planText(planReport(offlinePlanOf(...stacks)), { paint });
  expect(total(CHANGES, stackPlan('shared', []))).toContain(
    'shared: no changes\n\n2 stacks: 1 to create, 1 to change, 2 to replace, 1 to destroy, 1 to move\n',
  );
  expect(total(CHANGES, FAILED)).not.toMatch(/2 stacks|staging/);
});

test('coloured text differs only in its colour codes', () => {
  const colours = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
  const coloured = planText(report, { paint: style(true) });
  expect(coloured).not.toBe(planText(report, { paint }));
  expect(coloured.replace(colours, '')).toBe(planText(report, { paint }));
});

test('markdown: data loss, counts, and collapsed changes', () => {
  expect(planMarkdown(report, [{ reason: 'data-losses', count: 1 }])).toMatchInlineSnapshot(`
   "<!-- quayside plan -->
   ### Plan against \`main\`: 1 to create, 1 to change, 2 to replace, 1 to destroy, 1 to move

   > [!CAUTION]
   > **1 resource that holds data would be lost. Denied.**
   > - \`production/data/database\` (\`aws_db_instance\`, holds a database) **replaced**, forced by \`engine\`

   | Stack | create | change | replace | destroy |
   |---|---:|---:|---:|---:|
   | \`production\` | 1 | 1 | 2 | 1 |

   <details><summary>production: 1 to create, 1 to change, 2 to replace, 1 to destroy, 1 to move</summary>

   \`\`\`diff
   ! cluster/cluster  aws_eks_cluster
         version: "1.31" -> "1.32"
   ! cluster/nodes  aws_launch_template  replaced (create before destroy): name
         name: "a" -> "b"
   ! data/database  aws_db_instance  replaced: engine
         engine: "mysql" -> "postgres"
   ! data/renamed  aws_s3_bucket  move
   + network/private-a/subnet  aws_subnet  after apply: vpc_id
   - network-acl  aws_network_acl
   ! output endpoint
   + output fresh
   \`\`\`

   </details>
   "
  `);
});

test('markdown: failures come first', () => {
  expect(planMarkdown(planReport(offlinePlanOf(FAILED)), [])).toMatchInlineSnapshot(`
   "<!-- quayside plan -->
   ### Plan: failed

   **\`staging\` failed**

   \`\`\`
   staging/network/vpc: Incorrect attribute value type
     Inappropriate value:
     a bool is required.
   \`\`\`
   "
  `);
});

test('markdown stays within the length of a comment, with complete sections', () => {
  const many = Array.from({ length: 3000 }, (_, index) =>
    planned(`big/group/resource-${index}`, 'aws_sqs_queue', ['create']),
  );
  const text = planMarkdown(planReport(offlinePlanOf(stackPlan('big', many), CHANGES)), []);
  expect(text.length).toBeLessThan(LONGEST_COMMENT);
  expect(text).toMatch(/\n… \d+ more lines: see the plan JSON\n```\n/);
  expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)!.length);
});

test('json: one document, with the fields that scripts depend on', () => {
  const document = JSON.parse(planJson(report, [{ reason: 'data-losses', count: 1 }])) as Record<string, unknown>;
  expect(document).toMatchObject({
    formatVersion: 1,
    ok: true,
    isDenied: true,
    against: 'main',
    counts: { create: 1, change: 1, replace: 2, destroy: 1, import: 0, move: 1, forget: 0 },
    dataLosses: [{ path: 'production/data/database', type: 'aws_db_instance', kind: 'replace', forcedBy: ['engine'] }],
  });
  expect(document['stacks']).toMatchObject([
    {
      name: 'production',
      unchanged: 1,
      outputs: [
        { name: 'endpoint', kind: 'change' },
        { name: 'fresh', kind: 'create' },
      ],
    },
  ]);
});

describe('outages, rejections and notes', () => {
  const record = planned('site/alias', 'aws_route53_record', ['delete'], {
    before: { zone_id: 'Z1', name: '*.example.com', type: 'A', alias: [{ name: 'lb.example.net' }] },
  });
  const other = planned('site/alias-6', 'aws_route53_record', ['delete'], {
    before: { zone_id: 'Z1', name: '*.example.com', type: 'AAAA', alias: [{ name: 'lb.example.net' }] },
  });
  const cluster = planned('site/cluster', 'aws_eks_cluster', ['update'], {
    before: { version: '1.32' },
    after: { version: '1.34' },
  });
  const role = planned('site/role', 'aws_iam_role', ['delete', 'create'], { before: { arn: 'arn:a' }, after: {} });
  const nodes = planned('site/nodes', 'aws_eks_node_group', ['create', 'delete'], {
    before: { node_role_arn: 'arn:a' },
    after: {},
  });
  const found = planReport(offlinePlanOf(stackPlan('site', [record, other, cluster, role, nodes])));

  test('text: what is rejected, then outages with the steps they share, then notes', () => {
    expect(planText(found, { paint }).split('\n\nsite:')[0]).toMatchInlineSnapshot(`
     "1 change would be rejected, or never take effect:
       site/cluster (aws_eks_cluster): Kubernetes 1.32 to 1.34: EKS upgrades one minor version at a time
         1. apply 1.33, control plane and nodes
         2. apply 1.34, control plane and nodes

     2 changes would take the site down:
       site/alias (aws_route53_record): deleted: *.example.com no longer resolves (A)
       site/alias-6 (aws_route53_record): deleted: *.example.com no longer resolves (AAAA)
         1. add the new name besides the old one, and apply
         2. once no client uses the old name: delete its record

     Before this is applied:
       site/role (aws_iam_role): its replacement replaces the nodes of site/nodes"
    `);
  });

  test('markdown: alerts, denied as requested', () => {
    const markdown = planMarkdown(found, [{ reason: 'rejected', count: 1 }]);
    expect(markdown.slice(markdown.indexOf('> [!'), markdown.indexOf('| Stack'))).toMatchInlineSnapshot(`
     "> [!CAUTION]
     > **1 change would be rejected, or never take effect. Denied.**
     > - \`site/cluster\` (\`aws_eks_cluster\`) Kubernetes 1.32 to 1.34: EKS upgrades one minor version at a time
     >   1. apply 1.33, control plane and nodes
     >   2. apply 1.34, control plane and nodes

     > [!CAUTION]
     > **2 changes would take the site down**
     > - \`site/alias\` (\`aws_route53_record\`) deleted: \\*.example.com no longer resolves (A)
     > - \`site/alias-6\` (\`aws_route53_record\`) deleted: \\*.example.com no longer resolves (AAAA)
     >   1. add the new name besides the old one, and apply
     >   2. once no client uses the old name: delete its record

     > [!NOTE]
     > **Before this is applied**
     > - \`site/role\` (\`aws_iam_role\`) its replacement replaces the nodes of site/nodes

     "
    `);
    expect(planMarkdown(found, [{ reason: 'outages', count: 2 }])).toContain('would take the site down. Denied.**');
  });

  test('json: a list of each', () => {
    expect(JSON.parse(planJson(found, []))).toMatchObject({
      formatVersion: 1,
      isDenied: false,
      outages: [
        {
          stack: 'site',
          path: 'site/alias',
          address: record.address,
          type: 'aws_route53_record',
          reason: 'deleted: *.example.com no longer resolves (A)',
          steps: [
            'add the new name besides the old one, and apply',
            'once no client uses the old name: delete its record',
          ],
        },
        { path: 'site/alias-6' },
      ],
      rejected: [{ path: 'site/cluster', steps: [expect.any(String), expect.any(String)] }],
      notes: [{ path: 'site/role', reason: 'its replacement replaces the nodes of site/nodes' }],
    });
  });
});

test('what prevents a destroy is said in words that help', () => {
  const prevented = {
    severity: 'error',
    summary: 'Instance cannot be destroyed',
    detail:
      'Resource aws_lb.x has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed. To avoid this error and continue with the plan, either disable lifecycle.prevent_destroy or reduce the scope of the plan using the -target option.',
    addresses: ['aws_lb.x'],
    paths: ['s/load-balancer'],
  } as const;
  expect(diagnosticTexts([{ name: 's', diagnostics: [prevented] }], paint)).toMatchInlineSnapshot(`
   "error s/load-balancer: Instance cannot be destroyed
     It has lifecycle.prevent_destroy, but the plan destroys or replaces it. Undo that change; or create what is new besides
     it (another environment), and move to it; or, if the loss is intended, turn the protection off in an apply of its own
     before it (of an environment: deletionProtection: false)
     aws_lb.x
   "
  `);
});

test('diagnostics start with the path, and a warning of many resources is printed once', () => {
  const warning = {
    severity: 'warning',
    summary: 'Deprecated',
    detail: '',
    addresses: ['aws_x.a'],
    paths: ['s/a'],
  } as const;
  const other = { ...warning, addresses: ['aws_x.b'], paths: ['s/b'] };
  const unownedState = {
    severity: 'error',
    summary: 'data.terraform_remote_state.base reads a state that no stack of the app owns',
    detail: '',
    addresses: [],
    paths: [],
  } as const;
  const stacks = [FAILED, { name: 's', diagnostics: [warning, other, unownedState] }];
  expect(diagnosticTexts(stacks, paint)).toMatchInlineSnapshot(`
   "error staging/network/vpc: Incorrect attribute value type
     Inappropriate value:
     a bool is required.
     aws_x.staging/network/vpc
   warning s/a: Deprecated (and 1 similar warning)
     aws_x.a
   error s: data.terraform_remote_state.base reads a state that no stack of the app owns
     Provide its outputs with --remote-states FILE, where FILE contains { "base": { "output": "value" } },
     or the stacks of the app that owns it with --states-from DIRECTORY
   "
  `);
});

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

import { planReport } from '../../../../lib/cli/changes/plan-report';
import { planJson } from '../../../../lib/cli/render/plan-json';
import { planMarkdown } from '../../../../lib/cli/render/plan-markdown';
import { planText } from '../../../../lib/cli/render/plan-text';
import { style } from '../../../../lib/cli/render/style';
import { CHANGES, offlinePlanOf, stackPlan } from '../support/plans';

const skippedProvisioners = [
  { address: 'terraform_data.hook', path: 'shop/deploy/hook', types: ['local-exec', 'file'] },
  { address: 'module.x.null_resource.y', types: ['remote-exec'] },
];
const report = planReport(offlinePlanOf(stackPlan('shop', [], { skippedProvisioners })));
const without = planReport(offlinePlanOf(CHANGES));
const paint = style(false);

test('a plan lists the provisioners that were not run', () => {
  expect(planText(report, { paint })).toMatchInlineSnapshot(`
   "shop: no changes
     3 provisioners were not run:
       deploy/hook (terraform_data.hook): local-exec, file
       module.x.null_resource.y: remote-exec
   "
  `);
  expect(planMarkdown(report, [])).toMatchInlineSnapshot(`
   "<!-- quayside plan -->
   ### Plan: no changes

   | Stack | create | change | replace | destroy |
   |---|---:|---:|---:|---:|
   | \`shop\` | 0 | 0 | 0 | 0 |

   <details><summary>shop: 3 provisioners were not run</summary>

   \`\`\`
   deploy/hook (terraform_data.hook): local-exec, file
   module.x.null_resource.y: remote-exec
   \`\`\`

   </details>
   "
  `);
  const { stacks } = JSON.parse(planJson(report, [])) as { stacks: object[] };
  expect(stacks).toMatchObject([{ name: 'shop', skippedProvisioners }]);
});

test('a plan without provisioners has no such note', () => {
  const texts = [planText(without, { paint }), planMarkdown(without, []), planJson(without, [])];
  expect(texts.join('\n')).not.toMatch(/provisioner/i);
});

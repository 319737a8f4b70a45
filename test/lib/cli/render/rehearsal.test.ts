import type { Rehearsal, RehearsalStep } from '../../../../lib/offline';
import { rehearsalJson } from '../../../../lib/cli/render/rehearsal-json';
import { rehearsalMarkdown } from '../../../../lib/cli/render/rehearsal-markdown';
import { RehearsalText, rehearsalNotes } from '../../../../lib/cli/render/rehearsal-text';
import { StatusLine } from '../../../../lib/cli/render/status-line';
import { style } from '../../../../lib/cli/render/style';
import { errorAt } from '../support/plans';

const step = (stage: RehearsalStep['stage'], rest: Partial<RehearsalStep> = {}): RehearsalStep => ({
  stack: 'shop',
  stage,
  ok: true,
  seconds: 1.25,
  diagnostics: [],
  order: [],
  resources: [],
  ...rest,
});
const done = (path: string, action: string) => ({
  address: `aws_x.${path}`,
  path: `shop/${path}`,
  action,
  ok: true,
  start: '',
  end: '',
});

const REHEARSAL: Rehearsal = {
  ok: false,
  operations: {},
  steps: [
    step('plan'),
    step('apply', { order: [done('vpc', 'create'), done('subnet', 'create')] }),
    step('replan', {
      ok: false,
      diagnostics: [errorAt('shop/vpc', 'The second plan is not empty: it would update shop/vpc (tags)')],
    }),
    step('destroy', { order: [done('subnet', 'delete'), done('vpc', 'delete')] }),
  ],
};

test('markdown: failures, the stages, and the collapsed order', () => {
  expect(rehearsalMarkdown(REHEARSAL, 5)).toMatchInlineSnapshot(`
   "<!-- quayside rehearse -->
   ### Rehearsal: failed (5.0 s)

   **\`shop\` failed in replan**

   \`\`\`
   shop/vpc: The second plan is not empty: it would update shop/vpc (tags)
   \`\`\`

   | Stack | stage | outcome | time |
   |---|---:|---:|---:|
   | \`shop\` | plan | done | 1.3 s |
   | \`shop\` | apply | 2 created | 1.3 s |
   | \`shop\` | replan | **failed** | 1.3 s |
   | \`shop\` | destroy | 2 destroyed | 1.3 s |

   <details><summary>shop: 2 resources created, in this order</summary>

   \`\`\`
   1. vpc
   2. subnet
   \`\`\`

   </details>

   <details><summary>shop: 2 resources destroyed, in this order</summary>

   \`\`\`
   1. subnet
   2. vpc
   \`\`\`

   </details>
   "
  `);
});

test('json: the steps with their order', () => {
  const { ok, steps } = JSON.parse(rehearsalJson(REHEARSAL, 5)) as { ok: boolean; steps: RehearsalStep[] };
  expect(ok).toBe(false);
  expect(steps.map(({ stage, order }) => [stage, order.map(({ path }) => path)])).toEqual([
    ['plan', []],
    ['apply', ['shop/vpc', 'shop/subnet']],
    ['replan', []],
    ['destroy', ['shop/subnet', 'shop/vpc']],
  ]);
});

const UNPROTECTED: Rehearsal = {
  ok: true,
  operations: {},
  steps: [
    step('plan', {
      skippedProvisioners: [
        { address: 'terraform_data.hook', path: 'shop/deploy/hook', types: ['local-exec', 'file'] },
        { address: 'module.x.null_resource.y', types: ['remote-exec'] },
      ],
    }),
    step('unprotect', { order: [done('balancer', 'update')] }),
    step('destroy', { order: [done('balancer', 'delete')] }),
  ],
};

describe('what was unprotected, and what was not run', () => {
  test('markdown', () => {
    expect(rehearsalMarkdown(UNPROTECTED, 5)).toMatchInlineSnapshot(`
     "<!-- quayside rehearse -->
     ### Rehearsal: succeeded (5.0 s)

     | Stack | stage | outcome | time |
     |---|---:|---:|---:|
     | \`shop\` | plan | done | 1.3 s |
     | \`shop\` | unprotect | 1 changed | 1.3 s |
     | \`shop\` | destroy | 1 destroyed | 1.3 s |

     <details><summary>shop: 1 resource unprotected, in this order</summary>

     \`\`\`
     1. balancer
     \`\`\`

     </details>

     <details><summary>shop: 1 resource destroyed, in this order</summary>

     \`\`\`
     1. balancer
     \`\`\`

     </details>

     <details><summary>shop: 3 provisioners were not run</summary>

     \`\`\`
     deploy/hook (terraform_data.hook): local-exec, file
     module.x.null_resource.y: remote-exec
     \`\`\`

     </details>
     "
    `);
  });

  test('json', () => {
    const { steps } = JSON.parse(rehearsalJson(UNPROTECTED, 5)) as Rehearsal;
    expect(steps.map(({ stage }) => stage)).toEqual(['plan', 'unprotect', 'destroy']);
    expect(steps[0]!.skippedProvisioners).toEqual(UNPROTECTED.steps[0]!.skippedProvisioners);
  });

  test('text', () => {
    expect(rehearsalNotes(UNPROTECTED)).toMatchInlineSnapshot(`
     "shop
       3 provisioners were not run:
         deploy/hook (terraform_data.hook): local-exec, file
         module.x.null_resource.y: remote-exec
     "
    `);
    const text = new RehearsalText(style(false));
    const lines = [
      { kind: 'stage-start', stack: 'shop', stage: 'unprotect' },
      { kind: 'resource', stack: 'shop', address: 'aws_lb.x', path: 'shop/balancer', action: 'update' },
      { kind: 'stage-end', stack: 'shop', stage: 'unprotect', ok: true, seconds: 0.5 },
    ] as const;
    expect(lines.map((line) => text.lines(line)).join('')).toMatchInlineSnapshot(`
     "shop
          1 ~ balancer  aws_lb
       unprotect   1 changed       0.5 s
     "
    `);
  });

  test('nothing for a rehearsal without provisioners', () => {
    expect(rehearsalNotes(REHEARSAL)).toBe('');
  });
});

test('a failed stage is printed as it happens', () => {
  const text = new RehearsalText(style(false));
  const lines = [
    { kind: 'stage-start', stack: 'shop', stage: 'plan' },
    { kind: 'stage-end', stack: 'shop', stage: 'plan', ok: false, seconds: 0.5 },
  ] as const;
  expect(lines.map((line) => text.lines(line)).join('')).toBe('shop\n  plan        failed          0.5 s\n');
});

test('progress rewrites a line on a terminal, and is silent otherwise', () => {
  const output = (live: boolean): string => {
    let text = '';
    const status = new StatusLine({ live, err: (part) => void (text += part) });
    status.show({ kind: 'stage-start', stack: 'shop', stage: 'plan' });
    status.clear();
    return text;
  };
  expect(output(false)).toBe('');
  expect(output(true).replaceAll('\r\u001B[2K', '|')).toBe('|planning shop …|');
});

import { denialsOf } from '../../../../lib/cli/changes/denials';
import { planReport } from '../../../../lib/cli/changes/plan-report';
import { offlinePlanOf, planned, stackPlan } from '../support/plans';

const DATA = planned('s/db', 'aws_db_instance', ['delete'], { before: { id: 'a' } });
const DOWN = planned('s/alias', 'aws_route53_record', ['delete'], {
  before: { zone_id: 'Z1', name: 'a.example.com', type: 'A', alias: [{ name: 'lb.example.net' }] },
});
const PROTECTED = planned('s/lb', 'aws_lb', ['update'], { before: {}, after: {} });
const REJECTED = planned('s/cluster', 'aws_eks_cluster', ['update'], {
  before: { version: '1.32' },
  after: { version: '1.34' },
});

test.each<{
  name: string;
  resources: readonly (typeof DATA)[];
  flags?: { denyDestroy?: boolean; denyAnyDestroy?: boolean };
  denials: readonly object[];
}>([
  { name: 'nothing is denied unless requested', resources: [DATA, DOWN], denials: [] },
  {
    name: 'what is rejected is denied in any case',
    resources: [REJECTED],
    denials: [{ reason: 'rejected', count: 1 }],
  },
  {
    name: '--deny-destroy denies data losses and outages',
    resources: [DATA, DOWN, PROTECTED],
    flags: { denyDestroy: true },
    denials: [
      { reason: 'outages', count: 1 },
      { reason: 'data-losses', count: 1 },
    ],
  },
  { name: '--deny-destroy allows the rest', resources: [PROTECTED], flags: { denyDestroy: true }, denials: [] },
  {
    name: '--deny-any-destroy counts every resource',
    resources: [DATA, DOWN],
    flags: { denyAnyDestroy: true },
    denials: [{ reason: 'destroyed', count: 2 }],
  },
  {
    name: 'both',
    resources: [DATA, DOWN],
    flags: { denyDestroy: true, denyAnyDestroy: true },
    denials: [
      { reason: 'outages', count: 1 },
      { reason: 'destroyed', count: 2 },
    ],
  },
])('$name', ({ resources, flags, denials }) => {
  const report = planReport(offlinePlanOf(stackPlan('s', resources)));
  expect(denialsOf(report, { denyDestroy: false, denyAnyDestroy: false, ...flags })).toEqual(denials);
});

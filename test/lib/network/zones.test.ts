import { zoneNameProblems, zoneSlot } from '../../../lib/network/zones';

test.each([
  { zone: 'eu-west-1a', slot: 0 },
  { zone: 'us-east-1f', slot: 5 },
  { zone: 'euw1-az1', slot: 0 },
  { zone: 'use1-az6', slot: 5 },
])('$zone has slot $slot', ({ zone, slot }) => {
  expect(zoneSlot(zone)).toBe(slot);
});

// The abbreviations that AWS uses.
test.each([
  ['eu-west-1', 'euw1'],
  ['us-east-1', 'use1'],
  ['ap-southeast-2', 'apse2'],
  ['ap-northeast-1', 'apne1'],
  ['ca-central-1', 'cac1'],
  ['eu-central-2', 'euc2'],
  ['me-south-1', 'mes1'],
  ['us-gov-west-1', 'usgw1'],
  ['us-gov-east-1', 'usge1'],
  ['cn-northwest-1', 'cnnw1'],
])('%s abbreviates to %s', (region, code) => {
  expect(zoneNameProblems([`${code}-az1`, `${code}-az3`], region)).toEqual([]);
});

test.each([
  { zones: ['eu-west-1a'], problems: [] },
  { zones: [], problems: ['zones is empty: give at least one, such as eu-west-1a'] },
  {
    zones: ['eu-west-1a', 'eu-west-1a'],
    problems: ["zones has 'eu-west-1a' more than once: list it once"],
  },
  {
    zones: ['eu-west-1a', 'eu-central-1b', 'use1-az1'],
    problems: [
      "zones has 'eu-central-1b', which is not a zone of eu-west-1: use names such as eu-west-1a, or ids such as euw1-az1",
      "zones has 'use1-az1', which is not a zone of eu-west-1: use names such as eu-west-1a, or ids such as euw1-az1",
      "zones mixes names ('eu-west-1a') and ids ('use1-az1'), which may be the same zone: use only names or only ids",
    ],
  },
  {
    zones: ['eu-west-1'],
    problems: [
      "zones has 'eu-west-1', which is not a zone of eu-west-1: use names such as eu-west-1a, or ids such as euw1-az1",
    ],
  },
])('$zones', ({ zones, problems }) => {
  expect(zoneNameProblems(zones, 'eu-west-1')).toEqual(problems);
});

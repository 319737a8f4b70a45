import { timeZoneProblem } from '../../../../lib/kubernetes/controllers/time-zone';

// As the API server of Kubernetes 1.34 takes them.
test.each([
  'Etc/UTC',
  'UTC',
  'Europe/Berlin',
  'US/Pacific',
  'Asia/Calcutta',
  'GMT',
  'GMT+0',
  'Etc/GMT+5',
  'EST5EDT',
  'CET',
  'Zulu',
  'America/Coyhaique',
])('%s is a time zone', (timeZone) => {
  expect(timeZoneProblem('timeZone', timeZone)).toBe(false);
});

test.each([
  ['Europe/Berln', "is not a time zone: did you mean 'Europe/Berlin'?"],
  ['europe/berlin', "is not a time zone: did you mean 'Europe/Berlin'?"],
  ['Local', 'is not a time zone'],
  ['+01:00', 'is not a time zone'],
  ['Berlin time', 'is not a time zone'],
])('%s %s', (timeZone, problem) => {
  expect(timeZoneProblem('timeZone', timeZone)).toContain(`timeZone '${timeZone}' ${problem}`);
});

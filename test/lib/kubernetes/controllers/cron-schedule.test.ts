import { Token } from 'cdktf';
import { scheduleProblem } from '../../../../lib/kubernetes/controllers/cron-schedule';

// As the API server of Kubernetes 1.34 takes them.
test.each([
  '0 3 * * *',
  ' 0  3 * * * ',
  '@hourly',
  '@midnight',
  '@every 1h30m',
  '*/70 * * * *',
  '5/15 * * * *',
  '0 0 ? * MON-fri',
  '0 0 1,15 JAN *',
  '0 0 31 2 1',
  '0 0 29 2 *',
  '0 0 31 */2 *',
  Token.asString({ resolve: () => 'no' }),
])("'%s' is a schedule", (schedule) => {
  expect(scheduleProblem('schedule', schedule)).toBe(false);
});

test.each([
  ['0 3 * *', 'is not a cron expression: write minute, hour, day, month and weekday'],
  ['TZ=UTC 0 0 * * *', 'is not a cron expression'],
  ['@often', 'is not valid: use @yearly'],
  ['@Hourly', 'is not valid'],
  ['@every hour', 'is not valid'],
  ['60 * * * *', "has the minute '60', which is not valid: use 0 to 59,"],
  ['* 24 * * *', "has the hour '24'"],
  ['* * 0 * *', "has the day of the month '0'"],
  ['* * * 13 *', "has the month '13', which is not valid: use 1 to 12 or jan to dec,"],
  ['* * * * 7', "has the weekday '7', which is not valid: use 0 to 6 or sun to sat,"],
  ['*/0 * * * *', "has the minute '*/0'"],
  ['10-5 * * * *', "has the minute '10-5'"],
  ['-1 * * * *', "has the minute '-1'"],
  ['1.5 * * * *', "has the minute '1.5'"],
  ['1, * * * *', "has the minute '1,'"],
  ['0 0 L * *', "has the day of the month 'L'"],
  ['0 0 * * 1#2', "has the weekday '1#2'"],
  ['0 0 * * sunday', "has the weekday 'sunday'"],
  ['0 0 31 2 *', 'is a date that never comes: use a day that its months have'],
  ['0 0 31 4,6,9,11 *', 'is a date that never comes'],
])("'%s' %s", (schedule, problem) => {
  expect(scheduleProblem('schedule', schedule)).toContain(`schedule '${schedule}' ${problem}`);
});

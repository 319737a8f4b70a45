import { Token } from 'cdktf';
import type { Problem } from '../../core/check';

/** A field of a cron expression. */
interface Field {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** Of its values, from the first one on. */
  readonly names?: readonly string[];
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/**
 * As the controller parses them. Source: `ParseStandard`, https://pkg.go.dev/github.com/robfig/cron/v3#ParseStandard
 */
const FIELDS: readonly Field[] = [
  { name: 'minute', first: 0, last: 59 },
  { name: 'hour', first: 0, last: 23 },
  { name: 'day of the month', first: 1, last: 31 },
  { name: 'month', first: 1, last: 12, names: MONTHS },
  { name: 'weekday', first: 0, last: 6, names: DAYS },
];
const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const EVERY = /^@every (\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/;
/** The longest of each month. */
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The problem of a cron expression, if any. */
export function scheduleProblem(prop: string, schedule: string): Problem {
  if (Token.isUnresolved(schedule)) return false;
  if (schedule.startsWith('@')) {
    return (
      !DESCRIPTORS.includes(schedule) &&
      !EVERY.test(schedule) &&
      `${prop} '${schedule}' is not valid: use ${DESCRIPTORS.join(', ')} or one such as '@every 1h'`
    );
  }
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    return `${prop} '${schedule}' is not a cron expression: write minute, hour, day, month and weekday, such as '0 3 * * *'`;
  }
  const values = fields.map((text, index) => fieldValues(text, FIELDS[index]!));
  const wrong = values.findIndex((each) => each === undefined);
  if (wrong >= 0) {
    const { name, first, last, names } = FIELDS[wrong]!;
    return `${prop} '${schedule}' has the ${name} '${fields[wrong]}', which is not valid: use ${first} to ${last}${names ? ` or ${names[0]} to ${names.at(-1)}` : ''}, lists such as 1,2, ranges such as 1-3, steps such as */2, or *`;
  }
  const [, , days = [], months = []] = values as number[][];
  const isAnyWeekday = /^[*?]/.test(fields[4]!);
  return (
    isAnyWeekday &&
    !months.some((month) => days.some((day) => day <= MONTH_DAYS[month - 1]!)) &&
    `${prop} '${schedule}' is a date that never comes: use a day that its months have`
  );
}

/** The values that a field matches; undefined if it is not valid. */
function fieldValues(text: string, field: Field): readonly number[] | undefined {
  const parts = text.split(',').map((part) => partValues(part, field));
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

function partValues(part: string, field: Field): readonly number[] | undefined {
  const [range = '', step, ...others] = part.split('/');
  const [from = '', to, ...further] = range.split('-');
  const isAny = range === '*' || range === '?';
  const start = isAny ? field.first : valueOf(from, field);
  const end = isAny || (to === undefined && step !== undefined) ? field.last : valueOf(to ?? from, field);
  const stride = step === undefined ? 1 : /^\d+$/.test(step) ? Number(step) : 0;
  if (others.length > 0 || further.length > 0 || start === undefined || end === undefined) return undefined;
  if (stride === 0 || start > end || start < field.first || end > field.last) return undefined;
  return Array.from({ length: Math.floor((end - start) / stride) + 1 }, (_, index) => start + index * stride);
}

function valueOf(text: string, { first, names = [] }: Field): number | undefined {
  const index = names.indexOf(text.toLowerCase());
  if (index >= 0) return first + index;
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

import { Token } from 'cdktf';
import type { Problem } from '../../core/check';
import { didYouMean } from '../../core/suggestions';

/** The default, which needs no data. */
export const UTC = 'Etc/UTC';
/** Newer than the data of Node.js 20, or without a place. */
const OTHERS = new Set(['America/Coyhaique', 'Factory']);
const OFFSET = /^[+-]/;

/** The problem of a name of the IANA time zone database, if any. Aliases such as US/Pacific are valid; case matters. */
export function timeZoneProblem(prop: string, timeZone: string): Problem {
  if (Token.isUnresolved(timeZone) || timeZone === UTC || OTHERS.has(timeZone)) return false;
  const names = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
  if (names.includes(timeZone)) return false;
  const isOtherCase = names.some((name) => name.toLowerCase() === timeZone.toLowerCase());
  if (!isOtherCase && !OFFSET.test(timeZone) && isAlias(timeZone)) return false;
  return `${prop} '${timeZone}' is not a time zone${didYouMean(timeZone, names) || ": use a name such as 'Europe/Berlin' or 'Etc/UTC'"}`;
}

/** `supportedValuesOf` leaves aliases out. */
function isAlias(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

import type { Report } from '../model';

/** A report as JSON, with the keys of `Report`. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

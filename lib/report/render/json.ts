import type { Report } from '../model';

/** A report for machines: the keys are those of `Report`. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

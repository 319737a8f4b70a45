import type { PlanReport } from '../changes/plan-report';
import type { Finding, Outage } from '../changes/finding';
import { bySteps, outageTitle, rejectionTitle } from './findings';
import type { Style } from './style';

/** The changes that take the site down, and how to make them without an outage. */
export function outagesText({ outages }: PlanReport, paint: Style): string {
  return listText(outageTitle(outages.length), outages, paint);
}

export function rejectionsText({ rejected }: PlanReport, paint: Style): string {
  return listText(rejectionTitle(rejected.length), rejected, paint);
}

export function notesText({ notes }: PlanReport, paint: Style): string {
  if (notes.length === 0) return '';
  return `${[paint.bold('Before this is applied:'), ...notes.map(findingLine)].join('\n')}\n`;
}

/** `  production/load-balancer/https (aws_lb_listener): deleted: port 443 is closed`. */
export function findingLine({ path, type, reason }: Finding): string {
  return `  ${path} (${type}): ${reason}`;
}

function listText(title: string, findings: readonly Outage[], paint: Style): string {
  if (findings.length === 0) return '';
  const lines = bySteps(findings).flatMap(({ findings: same, steps }) => [
    ...same.map(findingLine),
    ...steps.map((step, index) => `    ${index + 1}. ${step}`),
  ]);
  return `${[paint.red(paint.bold(`${title}:`)), ...lines].join('\n')}\n`;
}

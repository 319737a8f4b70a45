import type { Denial, DenialReason } from '../changes/denials';
import type { Finding, Outage } from '../changes/finding';
import type { PlanReport } from '../changes/plan-report';
import { bySteps, outageTitle, rejectionTitle } from './findings';
import { code } from './markdown';

/** Alerts: what is rejected, then what takes the site down, each with its steps. */
export function findingAlerts({ outages, rejected }: PlanReport, denials: readonly Denial[]): string {
  const isDenied = (wanted: DenialReason) => denials.some(({ reason }) => reason === wanted);
  return [
    alert(rejectionTitle(rejected.length), rejected, isDenied('rejected')),
    alert(outageTitle(outages.length), outages, isDenied('outages')),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

export function noteAlert({ notes }: PlanReport): string {
  if (notes.length === 0) return '';
  return `${['> [!NOTE]', '> **Before this is applied**', ...notes.map(item)].join('\n')}\n`;
}

function alert(title: string, findings: readonly Outage[], isDenied: boolean): string {
  if (findings.length === 0) return '';
  const lines = bySteps(findings).flatMap(({ findings: same, steps }) => [
    ...same.map(item),
    ...steps.map((step, index) => `>   ${index + 1}. ${plain(step)}`),
  ]);
  return `${['> [!CAUTION]', `> **${title}${isDenied ? '. Denied.' : ''}**`, ...lines].join('\n')}\n`;
}

function item({ path, type, reason }: Finding): string {
  return `> - ${code(path)} (${code(type)}) ${plain(reason)}`;
}

/** Text on one line, without the meaning that markdown gives to characters of hosts, placeholders and commands. */
function plain(text: string): string {
  return text.replaceAll('\n', ' ').replace(/[\\*_<>`[\]|]/g, '\\$&');
}

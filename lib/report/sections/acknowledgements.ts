import type { Acknowledgement, Report } from '../model';
import type { Section, Table } from './section';

export function acknowledgementSection({ exceptions }: Report): Section {
  return {
    id: 'acknowledgements',
    title: 'Acknowledgements',
    note: 'Rules that are broken on purpose, with the reason given in code or data. Violations that are not acknowledged fail the synthesis or are reported by the scanner.',
    tables: [
      table('Library rules', 'None.', only(exceptions, 'rule')),
      table('Security scanner findings', 'None.', only(exceptions, 'scanner')),
    ],
  };
}

function only(acknowledgements: readonly Acknowledgement[], kind: Acknowledgement['kind']): readonly Acknowledgement[] {
  return acknowledgements.filter((one) => one.kind === kind);
}

/** One row per reason: constructs of several zones share one. */
function table(caption: string, none: string, acknowledgements: readonly Acknowledgement[]): Table {
  const byReason = new Map<string, Acknowledgement[]>();
  for (const acknowledgement of acknowledgements) {
    const key = JSON.stringify([acknowledgement.code, acknowledgement.reason]);
    byReason.set(key, [...(byReason.get(key) ?? []), acknowledgement]);
  }
  const rows = [...byReason.values()].map((same) => [
    same[0]!.code,
    same[0]!.reason,
    same.map(({ construct }) => construct),
  ]);
  return { caption, columns: ['Rule', 'Reason', 'Construct'], rows, none };
}

import type { Acknowledgement, Report } from '../model';
import type { Section, Table } from './section';

export function acknowledgementSection({ exceptions }: Report): Section {
  return {
    id: 'acknowledgements',
    title: 'Acknowledgements',
    note: 'Rules that are broken on purpose, with the reason that code or data gives. What is not acknowledged is refused, or reported by the scanner.',
    tables: [
      table('Rules of the library', 'No rule of the library is broken.', only(exceptions, 'rule')),
      table('Findings of security scanners', "No scanner's finding is set aside.", only(exceptions, 'scanner')),
    ],
  };
}

function only(acknowledgements: readonly Acknowledgement[], kind: Acknowledgement['kind']): readonly Acknowledgement[] {
  return acknowledgements.filter((one) => one.kind === kind);
}

/** One row for each reason: the zones of an environment share theirs. */
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

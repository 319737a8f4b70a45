import type { Report } from '../model';
import { acknowledgementSection } from './acknowledgements';
import { nodeSection } from './nodes';
import { networkSections } from './network';
import { permissionSections } from './permissions';
import type { Section } from './section';
import { softwareSections } from './software';
import { exposureSection, loadBalancerSections } from './traffic';

/** The sections of a report, what matters most to an auditor first. */
export function sections(report: Report): readonly Section[] {
  return [
    exposureSection(report),
    ...permissionSections(report),
    acknowledgementSection(report),
    ...softwareSections(report),
    nodeSection(report),
    ...networkSections(report),
    ...loadBalancerSections(report),
    outputs(report),
  ];
}

function outputs({ outputs: all, stacks }: Report): Section {
  return {
    id: 'outputs',
    title: 'Stacks and their outputs',
    tables: [
      {
        caption: 'Stacks',
        columns: ['Stack', 'Account', 'Region', 'Resources'],
        rows: stacks.map(({ name, account, region, resources }) => [
          name,
          account ?? '',
          region ?? '',
          String(resources),
        ]),
        none: 'None.',
      },
      {
        caption: 'Outputs',
        columns: ['Output', 'Value', 'Description'],
        rows: all.map(({ stack, name, value, description }) => [[name, stack], value, description ?? '']),
        none: 'None.',
      },
    ],
  };
}

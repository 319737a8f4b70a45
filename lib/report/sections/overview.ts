import { count } from '../../core/format';
import type { Report } from '../model';
import { range } from './section';

/** A key figure at the top of a report. */
export interface KeyFact {
  readonly name: string;
  readonly value: string;
  readonly detail: string;
  /** The section with the details, if any. */
  readonly section?: string;
}

export function keyFacts(report: Report): readonly KeyFact[] {
  const { images, podRoles, privileges, exceptions, exposure, nodeGroups, clusters } = report;
  const internet = exposure.filter((one) => one.internet);
  const byDigest = images.filter(({ pinned }) => pinned === 'digest').length;
  const allowed = podRoles.flatMap(({ grants }) => grants.filter(({ effect }) => effect === 'Allow'));
  const actions = new Set(allowed.flatMap((grant) => grant.actions));
  const unexplained = privileges.filter(({ reason, code }) => !reason && !code.startsWith('pod-security-'));
  const total = (bound: 'min' | 'max') => nodeGroups.reduce((sum, group) => sum + group[bound], 0);
  const facts: (KeyFact | false)[] = [
    clusters.length > 0 && {
      name: 'Kubernetes',
      value: clusters.map(({ version }) => version).join(', '),
      detail: count(report.eksAddOns.length, 'EKS add-on'),
      section: 'add-ons',
    },
    nodeGroups.length > 0 && {
      name: 'Nodes',
      value: range(total('min'), total('max')),
      detail: count(nodeGroups.length, 'node group'),
      section: 'nodes',
    },
    {
      name: 'Open to the internet',
      value: String(internet.length),
      detail: internet.length > 0 ? [...new Set(internet.map(({ ports }) => ports))].join('; ') : 'nothing exposed',
      section: 'exposure',
    },
    {
      name: 'Images pinned by digest',
      value: `${byDigest} of ${images.length}`,
      detail: count(new Set(images.map(({ registry }) => registry)).size, 'registry', 'registries'),
      section: 'images',
    },
    {
      name: 'IAM roles of pods',
      value: String(podRoles.length),
      detail: `${count(actions.size, 'action')} besides AWS managed policies`,
      section: 'iam',
    },
    {
      name: 'Pod privileges',
      value: String(privileges.length),
      detail: reasons(privileges.length, unexplained.length),
      section: 'privileges',
    },
    {
      name: 'Acknowledgements',
      value: String(exceptions.length),
      detail: `${exceptions.filter(({ kind }) => kind === 'rule').length} of library rules`,
      section: 'acknowledgements',
    },
  ];
  return facts.filter((fact) => fact !== false);
}

function reasons(all: number, unexplained: number): string {
  if (all === 0) return 'all pods are restricted';
  return unexplained > 0 ? `${unexplained} without a reason` : 'all with a reason';
}

/** `account 123456789012, eu-west-1` */
export function place({ stacks }: Report): string {
  const places = stacks.flatMap(({ account, region }) => (account ? [`account ${account}, ${region ?? ''}`] : []));
  return [...new Set(places)].join('; ');
}

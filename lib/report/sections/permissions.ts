import type { Grant, PodRole, Report } from '../model';
import { attention, type Cell, type Section } from './section';

/** Permissions of pods in AWS and Kubernetes, and their privileges on nodes. */
export function permissionSections(report: Report): readonly Section[] {
  return [podRoles(report), privileges(report), kubernetesPermissions(report)];
}

function podRoles({ podRoles: roles }: Report): Section {
  return {
    id: 'iam',
    title: 'AWS permissions of pods',
    note: 'AWS managed policies are listed by name, since AWS may change what they allow.',
    tables: [
      {
        caption: 'IAM roles of service accounts and their permissions',
        columns: ['Service account and role', 'Actions', 'Resources', 'Conditions'],
        rows: roles.flatMap(grantRows),
        none: 'No pod has an IAM role.',
      },
    ],
  };
}

const BY: Readonly<Record<PodRole['by'], string>> = {
  'pod-identity': 'through Pod Identity',
  'eks-add-on': 'through its EKS add-on',
  irsa: 'through IRSA',
};

function grantRows(role: PodRole): readonly (readonly Cell[])[] {
  const who: readonly Cell[] = [[`${role.namespace}/${role.serviceAccount}`, role.role, BY[role.by]]];
  const managed = role.managedPolicies.map((name) => [
    ...who,
    `AWS managed policy ${name}`,
    'defined by the policy',
    '',
  ]);
  return [...managed, ...role.grants.map((grant) => [...who, actions(grant), resources(grant), grant.conditions])];
}

function actions({ effect, actions: names }: Grant): Cell {
  const lines = effect === 'Deny' ? names.map((name) => `deny ${name}`) : names;
  return names.some((name) => name.includes('*')) && effect === 'Allow' ? attention(...lines) : lines;
}

function resources({ resources: names, conditions, effect }: Grant): Cell {
  return names.includes('*') && conditions.length === 0 && effect === 'Allow' ? attention('* (all resources)') : names;
}

function privileges({ privileges: all }: Report): Section {
  return {
    id: 'privileges',
    title: 'Pod privileges',
    note: 'Compared with the restricted Pod Security Standard and a read-only root file system. Pods of EKS add-ons are managed by AWS and not part of these stacks.',
    tables: [
      {
        caption: 'Pods and namespaces beyond the restricted level',
        columns: ['Workload or namespace', 'Code', 'Detail', 'Reason'],
        rows: all.map(({ subject, code, detail, reason }) => [
          subject,
          code,
          detail,
          reason ?? (code.startsWith('pod-security-') ? 'see its pods' : attention('no reason given')),
        ]),
        none: 'None.',
      },
    ],
  };
}

function kubernetesPermissions({ kubernetesPermissions: all }: Report): Section {
  return {
    id: 'rbac',
    title: 'Kubernetes permissions of pods',
    tables: [
      {
        caption: 'Roles bound by these stacks',
        columns: ['Subject', 'Scope', 'Rules', 'Remarks'],
        rows: all.map(({ subject, scope, rules, remarks, reason }) => [
          subject,
          scope === 'cluster' ? 'cluster-wide' : `namespace ${scope}`,
          rules,
          remarksCell(remarks, reason),
        ]),
        none: 'No pod has Kubernetes permissions.',
      },
    ],
  };
}

function remarksCell(remarks: readonly string[], reason: string | undefined): Cell {
  if (remarks.length === 0) return '';
  return reason === undefined ? attention(...remarks) : `${remarks.join(', ')}: ${reason}`;
}

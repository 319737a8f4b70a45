import type { Grant, PodRole, Report } from '../model';
import { attention, type Cell, type Section } from './section';

/** What pods may do in AWS and in Kubernetes, and to their nodes. */
export function permissionSections(report: Report): readonly Section[] {
  return [podRoles(report), privileges(report), kubernetesPermissions(report)];
}

function podRoles({ podRoles: roles }: Report): Section {
  return {
    id: 'iam',
    title: 'What pods may do in AWS',
    note: "What a policy of AWS's own allows is for AWS to change.",
    tables: [
      {
        caption: 'Roles of service accounts, and what they allow',
        columns: ['Service account and role', 'Actions', 'On', 'Only if'],
        rows: roles.flatMap(grantRows),
        none: 'No pod has a role.',
      },
    ],
  };
}

const BY: Readonly<Record<PodRole['by'], string>> = {
  'pod-identity': 'by Pod Identity',
  'eks-add-on': 'by its EKS add-on',
  irsa: "by the cluster's identity provider",
};

function grantRows(role: PodRole): readonly (readonly Cell[])[] {
  const who: readonly Cell[] = [[`${role.namespace}/${role.serviceAccount}`, role.role, BY[role.by]]];
  const managed = role.managedPolicies.map((name) => [...who, `AWS's policy ${name}`, 'as the policy says', '']);
  return [...managed, ...role.grants.map((grant) => [...who, actions(grant), resources(grant), grant.conditions])];
}

function actions({ effect, actions: names }: Grant): Cell {
  const lines = effect === 'Deny' ? names.map((name) => `never ${name}`) : names;
  return names.some((name) => name.includes('*')) && effect === 'Allow' ? attention(...lines) : lines;
}

function resources({ resources: names, conditions, effect }: Grant): Cell {
  return names.includes('*') && conditions.length === 0 && effect === 'Allow' ? attention('* (everything)') : names;
}

function privileges({ privileges: all }: Report): Section {
  return {
    id: 'privileges',
    title: 'Privileges beyond restricted',
    note: "Measured by Kubernetes' restricted Pod Security level, and a read-only root file system. Pods of EKS add-ons are Amazon's, and not in these stacks.",
    tables: [
      {
        caption: 'What pods have, and namespaces admit, beyond the restricted level',
        columns: ['Pods', 'What', 'Detail', 'Reason'],
        rows: all.map(({ subject, code, detail, reason }) => [
          subject,
          code,
          detail,
          reason ?? (code.startsWith('pod-security-') ? "its pods' reasons" : attention('no reason is given')),
        ]),
        none: 'None: every pod keeps to the restricted level.',
      },
    ],
  };
}

function kubernetesPermissions({ kubernetesPermissions: all }: Report): Section {
  return {
    id: 'rbac',
    title: 'What pods may do in Kubernetes',
    tables: [
      {
        caption: 'Roles that are bound by these stacks',
        columns: ['Who', 'Where', 'May', 'Worth a look'],
        rows: all.map(({ subject, scope, rules, remarks, reason }) => [
          subject,
          scope === 'cluster' ? 'the whole cluster' : `namespace ${scope}`,
          rules,
          remarkable(remarks, reason),
        ]),
        none: 'No pod may do anything in Kubernetes.',
      },
    ],
  };
}

function remarkable(remarks: readonly string[], reason: string | undefined): Cell {
  if (remarks.length === 0) return '';
  return reason === undefined ? attention(...remarks) : `${remarks.join(', ')}: ${reason}`;
}

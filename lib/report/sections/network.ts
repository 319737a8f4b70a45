import type { Report } from '../model';
import { attention, yesOrNo, type Section } from './section';

export function networkSections(report: Report): readonly Section[] {
  return [...networks(report), ...clusters(report), ...dnsZones(report)];
}

function networks({ networks: all }: Report): readonly Section[] {
  return all.map((network, index) => ({
    id: `network${index === 0 ? '' : `-${index + 1}`}`,
    title: `Network ${network.cidrs.join(', ')}`,
    tables: [
      {
        caption: 'Subnets',
        columns: ['Zone', 'Tier', 'CIDR', 'Default route'],
        rows: network.subnets.map(({ zone, tier, cidr, wayOut }) => [zone, tier, cidr, wayOut]),
        none: 'None.',
      },
      {
        caption: 'Network settings',
        columns: ['Setting', 'Value'],
        rows: [
          ['NAT gateways', network.natGateways.map(({ zone }) => zone).join(', ') || 'none'],
          ['VPC endpoints', network.endpoints.join(', ') || 'none'],
          ['Flow logs', network.flowLogs ? 'yes' : attention('no')],
        ],
        none: '',
      },
    ],
  }));
}

function clusters({ clusters: all }: Report): readonly Section[] {
  return all.map((cluster, index) => ({
    id: `cluster${index === 0 ? '' : `-${index + 1}`}`,
    title: `Cluster ${cluster.name}`,
    tables: [
      {
        caption: 'Cluster settings',
        columns: ['Setting', 'Value'],
        rows: [
          ['Kubernetes version', cluster.version],
          ['Private API endpoint', yesOrNo(cluster.privateEndpoint)],
          ['Public API endpoint', cluster.publicCidrs.length > 0 ? attention(...cluster.publicCidrs) : 'no'],
          ['Logs', cluster.logs.join(', ') || attention('none')],
          ['Deletion protection', yesOrNo(cluster.deletionProtection)],
        ],
        none: '',
      },
      {
        caption: 'Access to the Kubernetes API',
        columns: ['Principal', 'Policies and groups'],
        rows: cluster.access.map(({ principal, policies }) => [principal, policies]),
        none: 'None in these stacks.',
      },
    ],
  }));
}

function dnsZones({ dnsZones: all }: Report): readonly Section[] {
  if (all.length === 0) return [];
  return [
    {
      id: 'dns',
      title: 'DNS',
      tables: all.map(({ name, visibility, dnssec, records }) => ({
        caption: `Zone ${name}: ${visibility}, ${dnssec ? 'signed (DNSSEC)' : 'not signed'}`,
        columns: ['Name', 'Type', 'Value'],
        rows: records.map((record) => [record.name, record.type, record.target]),
        none: 'No records.',
      })),
    },
  ];
}

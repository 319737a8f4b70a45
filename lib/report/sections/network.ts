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
        columns: ['Zone', 'Tier', 'Addresses', 'To the internet through'],
        rows: network.subnets.map(({ zone, tier, cidr, wayOut }) => [zone, tier, cidr, wayOut]),
        none: 'None.',
      },
      {
        caption: 'Settings of the network',
        columns: ['Setting', 'Value'],
        rows: [
          ['NAT gateways', network.natGateways.map(({ zone }) => zone).join(', ') || 'none'],
          ['Services without the internet', network.endpoints.join(', ') || 'none'],
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
        caption: 'Settings of the cluster',
        columns: ['Setting', 'Value'],
        rows: [
          ['Kubernetes', cluster.version],
          ['API from the VPC', yesOrNo(cluster.privateEndpoint)],
          ['API from the internet', cluster.publicCidrs.length > 0 ? attention(...cluster.publicCidrs) : 'nobody'],
          ['Logs', cluster.logs.join(', ') || attention('none')],
          ['Deletion protection', yesOrNo(cluster.deletionProtection)],
        ],
        none: '',
      },
      {
        caption: 'Who may use the Kubernetes API',
        columns: ['Principal', 'May'],
        rows: cluster.access.map(({ principal, policies }) => [principal, policies]),
        none: 'Nobody, by these stacks.',
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
        columns: ['Name', 'Type', 'Answer'],
        rows: records.map((record) => [record.name, record.type, record.target]),
        none: 'No records.',
      })),
    },
  ];
}

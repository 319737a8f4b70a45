import type { Exposure, LoadBalancerSummary, Report } from '../model';
import { attention, yesOrNo, type Section, type Table } from './section';

export function exposureSection({ exposure }: Report): Section {
  const row = ({ what, from, ports, construct }: Exposure) => [what, from, ports, construct];
  const columns = ['Target', 'Source', 'Ports', 'Construct'];
  return {
    id: 'exposure',
    title: 'Exposure',
    note: 'Covers security group rules, the Kubernetes API, NodePort and LoadBalancer Services, and public IP addresses of instances and databases.',
    tables: [
      {
        caption: 'From the internet',
        columns,
        rows: exposure.filter(({ internet }) => internet).map(row),
        none: 'None.',
      },
      {
        caption: 'From specific networks only',
        columns,
        rows: exposure.filter(({ internet }) => !internet).map(row),
        none: 'None.',
      },
    ],
  };
}

export function loadBalancerSections({ loadBalancers }: Report): readonly Section[] {
  return loadBalancers.map((balancer, index) => ({
    id: `load-balancer${index === 0 ? '' : `-${index + 1}`}`,
    title: `Load balancer ${balancer.name}`,
    tables: [settings(balancer), listeners(balancer), rules(balancer), ...timings(balancer)],
  }));
}

function settings(balancer: LoadBalancerSummary): Table {
  return {
    caption: 'Settings',
    columns: ['Setting', 'Value'],
    rows: [
      ['Scheme', balancer.scheme],
      ['Zones', balancer.zones.join(', ')],
      ['WAF rule groups', balancer.firewall.length > 0 ? balancer.firewall : 'none'],
      ['Access logs', balancer.accessLogs ? 'yes' : attention('no')],
      ['Deletion protection', yesOrNo(balancer.deletionProtection)],
    ],
    none: '',
  };
}

function listeners(balancer: LoadBalancerSummary): Table {
  return {
    caption: 'Listeners',
    columns: ['Port', 'Protocol', 'TLS policy', 'Default action'],
    rows: balancer.listeners.map(({ port, protocol, tlsPolicy, otherwise }) => [
      String(port),
      protocol,
      tlsPolicy ?? '',
      otherwise,
    ]),
    none: 'None.',
  };
}

function rules(balancer: LoadBalancerSummary): Table {
  return {
    caption: 'Rules',
    columns: ['Priority', 'Conditions', 'Action'],
    rows: balancer.rules.map(({ priority, conditions, action }) => [priority, conditions, action]),
    none: 'None.',
  };
}

/** The timings that prevent lost requests, as configured in load balancer and ingress. */
function timings({ targets }: LoadBalancerSummary): readonly Table[] {
  return targets.map(({ name, port, healthCheck, timings: all }) => ({
    caption: `Traffic contract of ${name}: port ${port}, health check ${healthCheck}`,
    columns: ['Setting', 'Seconds'],
    rows: all.map(({ what, seconds }) => [what, String(seconds)]),
    none: 'No timings found.',
  }));
}

import { count } from '../../core/format';
import type { LoadBalancerSummary, Network, NodeGroupSummary, Report, Subnet } from '../model';
import { range } from '../sections/section';
import { insideCluster } from './inside-cluster';
import { box, GAP, heightOf, PADDING, type Arrow, type Box, type Drawing } from './shapes';

const MARGIN = 4;
const NARROWEST = 760;
/** Wide enough for a tier's name and its CIDR. */
const NARROWEST_ZONE = 262;
const CLIENTS_WIDTH = 250;
/** Space on the right of a zone for the arrows to its nodes. */
const LANE = 34;

/** The environment as boxes and arrows: zones are columns. Undefined for stacks without a network. */
export function layout(report: Report): Drawing | undefined {
  const network = report.networks.find(({ subnets }) => subnets.length > 0);
  if (!network) return undefined;
  const balancers = report.loadBalancers.filter(({ zones }) => zones.some((zone) => network.zones.includes(zone)));
  const { zones } = network;
  const width = Math.max(NARROWEST, zones.length * (NARROWEST_ZONE + GAP) + 2 * (MARGIN + PADDING));
  const columns = columnsOf(zones, width);
  const clients = balancers.length > 0 ? clientBoxes(balancers, entryX(columns)) : [];
  const top = clients.length > 0 ? Math.max(...clients.map(bottom)) + 34 : MARGIN;

  const rows = rowsOf(report, network, balancers, top + heightOf(1) + heightOf(1));
  const inColumns = columns.flatMap((column) => columnBoxes(report, network, column, rows));
  const spanning = spanningBoxes(report, balancers, columns, rows);
  const end = rows.end;
  const frame = box('network', { x: MARGIN, y: top, width: width - 2 * MARGIN, height: end - top + PADDING }, [
    `Network ${network.cidrs.join(', ')}`,
  ]);
  const inside = insideCluster(report, { x: MARGIN, y: end + PADDING + GAP * 2, width: width - 2 * MARGIN });
  const boxes = [...clients, frame, ...inColumns, ...spanning, ...inside];
  return {
    width,
    height: Math.max(...boxes.map(bottom)) + MARGIN,
    boxes,
    arrows: [...requestsIn(clients, spanning), ...requestsToNodes(spanning, inColumns)],
  };
}

interface Column {
  readonly zone: string;
  readonly x: number;
  readonly width: number;
}

/** Vertical positions of the tiers, the same in every zone. */
interface Rows {
  readonly tiers: readonly { readonly tier: Subnet['tier']; readonly y: number; readonly height: number }[];
  readonly start: number;
  readonly end: number;
}

const SUBNET_LINES = 2;
const BAR_HEIGHT = heightOf(2);
const NAT_HEIGHT = heightOf(1);
const NODES_HEIGHT = heightOf(3);

function columnsOf(zones: readonly string[], width: number): readonly Column[] {
  const room = width - 2 * (MARGIN + PADDING) - GAP * (zones.length - 1);
  const each = room / zones.length;
  return zones.map((zone, index) => ({ zone, x: MARGIN + PADDING + index * (each + GAP), width: each }));
}

function rowsOf(report: Report, network: Network, balancers: readonly LoadBalancerSummary[], start: number): Rows {
  const present = TIERS.filter((tier) => network.subnets.some((subnet) => subnet.tier === tier));
  let y = start;
  const tiers = present.map((tier) => {
    const inTier = balancers.filter((one) => tierOf(one) === tier).length;
    const bars = tier === 'intra' ? report.clusters.length : inTier;
    const nats = tier === 'public' && network.natGateways.length > 0 ? NAT_HEIGHT + GAP : 0;
    const nodes = tier === 'private' ? report.nodeGroups.length * (NODES_HEIGHT + GAP) : 0;
    const height = heightOf(SUBNET_LINES) + bars * (BAR_HEIGHT + GAP) + nats + nodes;
    const row = { tier, y, height };
    y += height + GAP;
    return row;
  });
  return { tiers, start, end: y };
}

const TIERS: readonly Subnet['tier'][] = ['public', 'private', 'intra'];

function tierOf({ scheme }: LoadBalancerSummary): Subnet['tier'] {
  return scheme === 'internal' ? 'private' : 'public';
}

function columnBoxes(report: Report, network: Network, column: Column, rows: Rows): readonly Box[] {
  const top = rows.start - heightOf(1);
  const zone = box('zone', { x: column.x, y: top, width: column.width, height: rows.end - top }, [column.zone]);
  return [zone, ...rows.tiers.flatMap((row) => subnetBoxes(report, network, column, row))];
}

function subnetBoxes(report: Report, network: Network, column: Column, row: Rows['tiers'][number]): readonly Box[] {
  const inTier = network.subnets.filter(({ zone, tier }) => zone === column.zone && tier === row.tier);
  const [subnet] = inTier;
  if (!subnet) return [];
  const [x, width] = [column.x + PADDING, column.width - 2 * PADDING];
  const cidrs = inTier.map(({ cidr }) => cidr).join(', ');
  const frame = box(
    row.tier,
    { x, y: row.y, width, height: row.height },
    [
      `${row.tier[0]!.toUpperCase()}${row.tier.slice(1)} ${cidrs}`,
      subnet.wayOut === 'none' ? 'no egress' : `egress: ${subnet.wayOut.replace('NAT gateway', 'NAT')}`,
    ],
    LANE,
  );
  const inner = { x: x + PADDING, width: width - 2 * PADDING - LANE };
  return [frame, ...natBoxes(network, subnet, row, inner), ...nodeBoxes(report, subnet, row, inner)];
}

interface Span {
  readonly x: number;
  readonly width: number;
}

function natBoxes(network: Network, { zone, tier }: Subnet, row: Rows['tiers'][number], span: Span): readonly Box[] {
  if (tier !== 'public' || !network.natGateways.some((nat) => nat.zone === zone)) return [];
  return [box('nat', { ...span, y: row.y + row.height - NAT_HEIGHT - GAP, height: NAT_HEIGHT }, ['NAT gateway'])];
}

/** Ingress node groups first, closest to the load balancer. */
function nodeBoxes(
  { nodeGroups }: Report,
  { zone, tier }: Subnet,
  row: Rows['tiers'][number],
  span: Span,
): readonly Box[] {
  if (tier !== 'private') return [];
  const groups = [...nodeGroups].sort((a, b) => Number(b.ingress) - Number(a.ingress));
  const top = row.y + row.height - groups.length * (NODES_HEIGHT + GAP);
  return groups.flatMap((group, index) =>
    group.zones.includes(zone)
      ? [nodeBox(group, { ...span, y: top + index * (NODES_HEIGHT + GAP), height: NODES_HEIGHT })]
      : [],
  );
}

function nodeBox(group: NodeGroupSummary, place: Span & { readonly y: number; readonly height: number }): Box {
  const where = group.zones.length > 1 ? `in ${count(group.zones.length, 'zone')}` : 'nodes';
  return box(group.ingress ? 'ingress-nodes' : 'nodes', place, [
    `Node group ${group.name}`,
    group.instanceTypes.join(', '),
    `${range(group.min, group.max)} ${where}`,
  ]);
}

/** Boxes that span several zones. */
function spanningBoxes(
  report: Report,
  balancers: readonly LoadBalancerSummary[],
  columns: readonly Column[],
  rows: Rows,
): readonly Box[] {
  const bars = rows.tiers.flatMap(({ tier, y }) => {
    const inTier = balancers.filter((one) => tierOf(one) === tier);
    const top = y + heightOf(SUBNET_LINES);
    return inTier.map((one, index) => ({ one, y: top + index * (BAR_HEIGHT + GAP) }));
  });
  const balancerBars = bars.map(({ one, y }) => {
    const span = spanOf(columns.filter(({ zone }) => one.zones.includes(zone)));
    return box('load-balancer', { ...span, y, height: BAR_HEIGHT }, [`Load balancer ${one.name}`, balancerDetail(one)]);
  });
  const intra = rows.tiers.find(({ tier }) => tier === 'intra');
  const clusterBars = report.clusters.map((cluster, index) =>
    box(
      'cluster',
      {
        ...spanOf(columns),
        y: intra ? intra.y + heightOf(SUBNET_LINES) + index * (BAR_HEIGHT + GAP) : rows.end,
        height: BAR_HEIGHT,
      },
      [
        `Kubernetes API of ${cluster.name}, version ${cluster.version}`,
        cluster.publicCidrs.length > 0
          ? `from the internet: ${cluster.publicCidrs.join(', ')}`
          : 'not reachable from the internet',
      ],
    ),
  );
  return [...balancerBars, ...(intra ? clusterBars : [])];
}

function balancerDetail({ listeners, targets, firewall }: LoadBalancerSummary): string {
  const ports = listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(', ');
  const nodes = targets.map(({ port }) => port).join(', ');
  return `${ports}${nodes ? `, to node port ${nodes}` : ''}${firewall.length > 0 ? ', with WAF' : ''}`;
}

function spanOf(columns: readonly Column[]): Span {
  const [first, last] = [columns[0]!, columns.at(-1)!];
  const x = first.x + 2 * PADDING;
  return { x, width: last.x + last.width - 2 * PADDING - x };
}

/** Between two zones, where there is no text, or in the lane of the only zone. */
function entryX(columns: readonly Column[]): number {
  const column = columns[Math.ceil(columns.length / 2) - 1]!;
  const right = column.x + column.width;
  return columns.length > 1 ? right + GAP / 2 : right - 2 * PADDING - LANE / 2;
}

function clientBoxes(balancers: readonly LoadBalancerSummary[], middle: number): readonly Box[] {
  const isPublic = balancers.some(({ scheme }) => scheme === 'internet-facing');
  const ports = [...new Set(balancers.flatMap(({ listeners }) => listeners.map(({ port }) => port)))];
  const place = { x: middle - CLIENTS_WIDTH / 2, y: MARGIN, width: CLIENTS_WIDTH, height: heightOf(2) };
  return [
    box('clients', place, [isPublic ? 'Internet' : 'Connected networks', `requests to ports ${ports.join(', ')}`]),
  ];
}

function requestsIn([clients]: readonly Box[], spanning: readonly Box[]): readonly Arrow[] {
  if (!clients) return [];
  const first = spanning.find(({ kind }) => kind === 'load-balancer');
  if (!first) return [];
  const x = clients.x + clients.width / 2;
  return [{ from: { x, y: bottom(clients) }, to: { x, y: first.y } }];
}

/** Down the lane on the right of each zone, into the node group from the side. */
function requestsToNodes(spanning: readonly Box[], inColumns: readonly Box[]): readonly Arrow[] {
  const last = spanning.findLast(({ kind }) => kind === 'load-balancer');
  if (!last) return [];
  return inColumns
    .filter(({ kind, x }) => kind === 'ingress-nodes' && x >= last.x - PADDING && x < last.x + last.width)
    .map((nodes) => ({
      from: { x: nodes.x + nodes.width + LANE / 2, y: bottom(last) },
      to: { x: nodes.x + nodes.width, y: nodes.y + nodes.height / 2 },
    }));
}

function bottom({ y, height }: Box): number {
  return y + height;
}

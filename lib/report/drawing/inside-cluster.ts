import { count } from '../../core/format';
import type { AddOnSummary, Report, WorkloadSummary } from '../model';
import { box, GAP, heightOf, PADDING, type Box } from './shapes';

/** Wide enough for the names of EKS add-ons. */
const NARROWEST_CHIP = 232;

/** Two frames below the network: EKS add-ons, and what these stacks install in the cluster. */
export function insideCluster(
  { eksAddOns, addOns, workloads }: Report,
  place: { readonly x: number; readonly y: number; readonly width: number },
): readonly Box[] {
  const installed = addOns.map((addOn) => [addOn.name, detailOf(addOn, workloads)]);
  const first = frame(
    'EKS add-ons',
    eksAddOns.map(({ name, version }) => [name, version]),
    place,
  );
  const below = first.length > 0 ? first[0]!.y + first[0]!.height + GAP * 2 : place.y;
  return [...first, ...frame('Installed by these stacks', installed, { ...place, y: below })];
}

function detailOf({ construct, objects }: AddOnSummary, workloads: readonly WorkloadSummary[]): string {
  const own = workloads.filter((one) => one.construct.startsWith(`${construct}/`));
  const versions = [...new Set(own.flatMap(({ version }) => version ?? []))];
  if (own.length > 0) return [count(own.length, 'workload'), ...versions].join(', ');
  return count(
    Object.values(objects).reduce((sum, number) => sum + number, 0),
    'object',
  );
}

function frame(
  title: string,
  chips: readonly (readonly string[])[],
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): readonly Box[] {
  if (chips.length === 0) return [];
  const room = width - 2 * PADDING;
  const inRow = Math.max(1, Math.floor((room + GAP) / (NARROWEST_CHIP + GAP)));
  const chipWidth = (room - GAP * (inRow - 1)) / inRow;
  const chipHeight = heightOf(2);
  const top = y + heightOf(1);
  const placed = chips.map((texts, index) =>
    box(
      'add-on',
      {
        x: x + PADDING + (index % inRow) * (chipWidth + GAP),
        y: top + Math.floor(index / inRow) * (chipHeight + GAP),
        width: chipWidth,
        height: chipHeight,
      },
      texts,
    ),
  );
  const height = heightOf(1) + Math.ceil(chips.length / inRow) * (chipHeight + GAP);
  return [box('inside', { x, y, width, height }, [title]), ...placed];
}

import type { Problem } from '../core/check';
import type { Taint } from '../kubernetes/taint';
import type { BootstrapSettings } from './bootstrap-settings';
import { setTwiceProblem, TAINTS } from './node-config-problems';
import { sortTaints } from './taints-and-labels';
import { parseToml, type TomlTable } from './toml';
import { quoted, table } from './user-data-text';

/** A table that is generated. */
interface OwnTable {
  readonly path: readonly string[];
  /** The key in the table, quoted where necessary, and its value. */
  readonly values: Readonly<Record<string, string>>;
}

const KUBERNETES = ['settings', 'kubernetes'];

/** Source: "settings.kubernetes", Bottlerocket documentation. */
export function bottlerocketUserData({ extra, ...settings }: BootstrapSettings): string | undefined {
  const own = ownTables(settings);
  const given = extra === undefined ? [] : tablesOf(extra);
  const isMerged = given.some(({ path }) => path === undefined || own.some((one) => isSame(one.path, path)));
  const tables = isMerged ? merged(own, given) : [...own.map(text), ...(extra === undefined ? [] : [extra.trimEnd()])];
  return tables.length > 0 ? `${tables.join('\n\n')}\n` : undefined;
}

/** TOML allows each table only once, and keys outside of a table only at the top. */
function merged(own: readonly OwnTable[], given: readonly TomlTable[]): readonly string[] {
  const bodyOf = (path?: readonly string[]) =>
    given.filter((one) => (path ? isSame(one.path, path) : one.path === undefined)).map(({ body }) => body.trim());
  const others = given.filter(({ path }) => path && !own.some((one) => isSame(one.path, path)));
  return [
    ...bodyOf(),
    ...own.map((one) => [text(one), ...bodyOf(one.path)].filter((lines) => lines !== '').join('\n')),
    ...others.map(({ header, body }) => `${header}\n${body}`.trim()),
  ].filter((lines) => lines !== '');
}

/** @param settings what is written besides `extra` */
export function bottlerocketProblems(extra: string, settings: BootstrapSettings): readonly Problem[] {
  const given = parseToml(extra);
  if (typeof given === 'string') return [`nodeConfig is not valid TOML: ${given}`];
  const own = ownTables(settings);
  return [
    ...given.flatMap((one) => one.keys.map((key) => clash([...(one.path ?? []), ...key], own))),
    ...given.map(({ path, isArray }) => isArray && path && clash(path, own)),
    ...given.flatMap(({ path = [], keys }) => keys.map((key) => misplaced(path, key, own))),
  ];
}

function clash(path: readonly string[], own: readonly OwnTable[]): Problem {
  const name = path.join('.');
  const other = own
    .flatMap((one) => Object.keys(one.values).map((key) => [...one.path, unquoted(key)]))
    .find((one) => startsWith(one, path) || startsWith(path, one));
  return other && setTwiceProblem(name, PROPS[other[KUBERNETES.length]!]);
}

/** A table that dotted keys define cannot be opened by its header as well. */
function misplaced(path: readonly string[], key: readonly string[], own: readonly OwnTable[]): Problem {
  const full = [...path, ...key];
  const table = own.findLast((one) => startsWith(full, one.path) && !startsWith(path, one.path));
  return (
    table &&
    !clash(full, own) &&
    `nodeConfig sets ${full.join('.')} with a dotted key: write it below [${table.path.join('.')}]`
  );
}

/** What sets a key; those of the cluster have no prop. */
const PROPS: Readonly<Record<string, string>> = {
  'max-pods': 'maxPods',
  'container-log-max-size': 'logRotation.containerLogMaxMib',
  'container-log-max-files': 'logRotation.containerLogMaxFiles',
  'node-labels': 'labels',
  'node-taints': TAINTS,
  'system-reserved': 'systemReserved',
};

function ownTables({ join, maxPods, systemReserved, logRotation = {} }: BootstrapSettings): readonly OwnTable[] {
  const { containerLogMaxMib, containerLogMaxFiles } = logRotation;
  return [
    {
      path: KUBERNETES,
      values: {
        ...(join && {
          'api-server': quoted(join.endpoint),
          'cluster-certificate': quoted(join.certificateAuthority),
          'cluster-name': quoted(join.clusterName),
          'cluster-dns-ip': quoted(join.dnsAddress),
        }),
        ...(maxPods !== undefined && { 'max-pods': String(maxPods) }),
        ...(containerLogMaxMib !== undefined && { 'container-log-max-size': quoted(`${containerLogMaxMib}Mi`) }),
        ...(containerLogMaxFiles !== undefined && { 'container-log-max-files': String(containerLogMaxFiles) }),
      },
    },
    { path: [...KUBERNETES, 'node-labels'], values: table(join?.labels) },
    { path: [...KUBERNETES, 'node-taints'], values: table(taintsByKey(join?.taints ?? [])) },
    { path: [...KUBERNETES, 'system-reserved'], values: table(systemReserved) },
  ].filter(({ values }) => Object.keys(values).length > 0);
}

function text({ path, values }: OwnTable): string {
  return [`[${path.join('.')}]`, ...Object.entries(values).map(([key, value]) => `${key} = ${value}`)].join('\n');
}

function taintsByKey(taints: readonly Taint[]): Record<string, string[]> {
  const byKey: Record<string, string[]> = {};
  for (const { key, value = '', effect } of sortTaints(taints)) (byKey[key] ??= []).push(`${value}:${effect}`);
  return byKey;
}

function tablesOf(extra: string): readonly TomlTable[] {
  const tables = parseToml(extra);
  return typeof tables === 'string' ? [] : tables;
}

function unquoted(key: string): string {
  return key.startsWith('"') ? (JSON.parse(key) as string) : key;
}

function isSame(a: readonly string[] | undefined, b: readonly string[]): boolean {
  return a !== undefined && a.length === b.length && startsWith(a, b);
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((part, index) => path[index] === part);
}

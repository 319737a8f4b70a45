import type { LogRotation } from '../cluster/log-rotation';
import type { NetworkAddOnName } from '../cluster/network-add-ons';
import { portKey, type OpenPort } from '../cluster/open-port';
import type { StandardAddOnName } from '../cluster/standard-add-ons';
import { canonicalJson } from '../core/canonical-json';
import type { Problem } from '../core/check';

/** The EKS add-ons of every environment. */
export type EksAddOnName = NetworkAddOnName | StandardAddOnName;

type Configuration = Readonly<Record<string, unknown>>;

/** What an add-on asks of the environment that it is installed in: data, merged with what the others ask for. */
export interface RequestedSettings {
  /**
   * Configuration of EKS add-ons, such as CoreDNS's `corefile`; merged value by value, lists as a whole.
   * @default none
   */
  readonly eksAddOns?: Readonly<Partial<Record<EksAddOnName, Configuration>>>;
  /**
   * How every node's kubelet rotates the log files of containers. A change replaces every node.
   * @default none
   */
  readonly logRotation?: LogRotation;
  /**
   * Ports of nodes that the control plane or other nodes reach.
   * @default none
   */
  readonly ports?: readonly OpenPort[];
}

/** Who asks for settings: an add-on, or the environment's own data. */
export interface Requester {
  /** As a message names it: `add-on 'logs'`. */
  readonly label: string;
  readonly settings?: RequestedSettings;
}

interface Request {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly label: string;
}

/** All settings in one, for requests without problems. */
export function mergeSettings(requesters: readonly Requester[]): Required<RequestedSettings> {
  const merged: Record<string, unknown> = { eksAddOns: {}, logRotation: {} };
  for (const { path, value } of requesters.flatMap(requestsOf)) set(merged, path, value);
  const ports = requesters.flatMap(({ settings }) => settings?.ports ?? []);
  // The first purpose stands: two may need one port.
  const distinct = new Map([...ports].reverse().map((port) => [portKey(port), port]));
  return {
    ...(merged as Pick<Required<RequestedSettings>, 'eksAddOns' | 'logRotation'>),
    ports: [...distinct.values()].reverse(),
  };
}

/**
 * Values for which two add-ons, or an add-on and the environment's own data, ask differently.
 * @param own the environment's data, which may differ in itself: one node group from another
 */
export function settingsProblems(addOns: readonly Requester[], own: readonly Requester[] = []): readonly Problem[] {
  const earlier = own.flatMap(requestsOf);
  return addOns.flatMap((addOn) => {
    const requests = requestsOf(addOn);
    const problems = requests.flatMap((request) =>
      earlier.filter((other) => areDifferent(other, request)).map((other) => differenceProblem(other, request)),
    );
    earlier.push(...requests);
    return problems;
  });
}

function differenceProblem(one: Request, other: Request): string {
  return `${one.label} sets ${format(one)}, ${other.label} ${format(other)}: make them agree, or drop one`;
}

function requestsOf({ label, settings = {} }: Requester): readonly Request[] {
  const { eksAddOns = {}, logRotation = {} } = settings;
  return leaves({ eksAddOns, logRotation }, []).map(({ path, value }) => ({ path, value, label }));
}

function leaves(value: unknown, path: readonly string[]): readonly Pick<Request, 'path' | 'value'>[] {
  if (!isObject(value)) return value === undefined ? [] : [{ path, value }];
  return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]));
}

/** One path, or one inside of what the other gives as a single value. */
function areDifferent(one: Request, other: Request): boolean {
  const shared = Math.min(one.path.length, other.path.length);
  if (one.path.slice(0, shared).join('\0') !== other.path.slice(0, shared).join('\0')) return false;
  return one.path.length !== other.path.length || canonicalJson(one.value) !== canonicalJson(other.value);
}

function format({ path, value }: Request): string {
  return `${path.join('.')} ${canonicalJson(value)}`;
}

function set(target: Record<string, unknown>, [key, ...rest]: readonly string[], value: unknown): void {
  if (key === undefined) return;
  if (rest.length === 0) target[key] = value;
  else set((target[key] ??= {}) as Record<string, unknown>, rest, value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { logRotationProblems, type LogRotation } from '../cluster/log-rotation';
import type { NetworkAddOnName, StandardAddOnName } from '../cluster/eks-add-on-props';
import { openPortProblems, portKey, type OpenPort } from '../cluster/open-port';
import { canonicalJson } from '../core/canonical-json';
import type { Problem } from '../core/check';
import { jsonObject } from '../core/json-shape';
import { integer, list, object, oneOf, optional, shapeProblems, text, type Shape } from '../core/shape';
import { isRecord } from '../core/record';

/** The EKS add-ons of every environment. */
export type EksAddOnName = NetworkAddOnName | StandardAddOnName;

type Configuration = Readonly<Record<string, unknown>>;

/** Settings that an add-on requests from its environment: data, merged with the requests of other add-ons. */
export interface RequestedSettings {
  /**
   * Configuration of EKS add-ons, such as CoreDNS's `corefile`; merged deeply, except lists.
   * @default none
   */
  readonly eksAddOns?: Readonly<Partial<Record<EksAddOnName, Configuration>>>;
  /**
   * Rotation of container logs by the kubelet, on every node. A change replaces every node.
   * @default none
   */
  readonly logRotation?: LogRotation;
  /**
   * Ports of nodes that the control plane or other nodes connect to.
   * @default none
   */
  readonly ports?: readonly OpenPort[];
}

/** The source of a request: an add-on, or the environment's own data. */
export interface Requester {
  /** For messages: `add-on 'logs'`. */
  readonly label: string;
  readonly settings?: RequestedSettings;
}

interface Request {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly label: string;
}

/** Merges all settings. The requests must have no problems. */
export function mergeSettings(requesters: readonly Requester[]): Required<RequestedSettings> {
  const merged: Record<string, unknown> = { eksAddOns: {}, logRotation: {} };
  for (const { path, value } of requesters.flatMap(requestsOf)) set(merged, path, value);
  return {
    ...(merged as Pick<Required<RequestedSettings>, 'eksAddOns' | 'logRotation'>),
    ports: distinctPorts(requesters.flatMap(({ settings }) => settings?.ports ?? [])),
  };
}

/** If several add-ons request a port, it has the purpose of the first. */
function distinctPorts(ports: readonly OpenPort[]): readonly OpenPort[] {
  const distinct = new Map<string, OpenPort>();
  for (const port of ports) if (!distinct.has(portKey(port))) distinct.set(portKey(port), port);
  return [...distinct.values()];
}

/**
 * Conflicting values of two add-ons, or of an add-on and the environment's own data.
 * @param own the environment's data, whose node groups may differ from one another
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

function settingsShape(): Shape<RequestedSettings> {
  const configuration = optional(jsonObject());
  return object<RequestedSettings>({
    eksAddOns: optional(
      object<Partial<Record<EksAddOnName, Configuration>>>({
        'vpc-cni': configuration,
        'kube-proxy': configuration,
        'eks-pod-identity-agent': configuration,
        coredns: configuration,
        'metrics-server': configuration,
        'aws-ebs-csi-driver': configuration,
        'eks-node-monitoring-agent': configuration,
      }),
    ),
    logRotation: optional(
      object<LogRotation>({ containerLogMaxMib: optional(integer), containerLogMaxFiles: optional(integer) }),
    ),
    ports: optional(
      list(
        object<OpenPort>({
          from: oneOf('nodes', 'control-plane'),
          port: integer,
          protocol: optional(oneOf('tcp', 'udp')),
          purpose: text(),
        }),
      ),
    ),
  });
}

/** Settings that are not of their form, or not valid. */
export function settingsFormProblems(settings: RequestedSettings | undefined): readonly Problem[] {
  if (settings === undefined) return [];
  const problems = shapeProblems(settings, settingsShape(), 'settings');
  if (problems.length > 0) return problems;
  return [
    ...logRotationProblems('settings.logRotation', settings.logRotation),
    ...openPortProblems(settings.ports ?? [], 'settings.ports'),
  ];
}

/** Whether anything is asked for: an empty object or list asks for nothing. */
export function isRequesting(settings: RequestedSettings = {}): boolean {
  return requestsOf({ label: '', settings }).length > 0 || (settings.ports ?? []).length > 0;
}

function differenceProblem(one: Request, other: Request): string {
  return `${one.label} sets ${format(one)}, but ${other.label} sets ${format(other)}: use the same value, or remove one`;
}

function requestsOf({ label, settings = {} }: Requester): readonly Request[] {
  const { eksAddOns = {}, logRotation = {} } = settings;
  return leaves({ eksAddOns, logRotation }, []).map(({ path, value }) => ({ path, value, label }));
}

/** `eksAddOns.coredns`: an empty object requests nothing at this depth, but is a value below it: `affinity: {}`. */
const ADD_ON_DEPTH = 2;

function leaves(value: unknown, path: readonly string[]): readonly Pick<Request, 'path' | 'value'>[] {
  if (!isRecord(value)) return value === undefined ? [] : [{ path, value }];
  if (Object.keys(value).length === 0 && path.length > ADD_ON_DEPTH) return [{ path, value }];
  return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]));
}

/** Different values for the same path, or a path inside the other's scalar value. */
function areDifferent(one: Request, other: Request): boolean {
  const [outer, inner] = one.path.length <= other.path.length ? [one, other] : [other, one];
  if (!outer.path.every((key, index) => inner.path[index] === key)) return false;
  if (outer.path.length < inner.path.length) return !isRecord(outer.value);
  return canonicalJson(one.value) !== canonicalJson(other.value);
}

function format({ path, value }: Request): string {
  return `${path.join('.')} ${canonicalJson(value)}`;
}

function set(target: Record<string, unknown>, [key, ...rest]: readonly string[], value: unknown): void {
  if (key === undefined) return;
  const known = Object.hasOwn(target, key) ? target[key] : undefined;
  const inner = (known ?? {}) as Record<string, unknown>;
  if (rest.length > 0) set(inner, rest, value);
  // Data may have a key such as `__proto__`, which an assignment would take for something else.
  const now = rest.length > 0 || isRecord(value) ? inner : value;
  Object.defineProperty(target, key, { value: now, configurable: true, enumerable: true, writable: true });
}

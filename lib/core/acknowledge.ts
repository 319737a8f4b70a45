import { TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { perApp } from './claims';
import { formatValue } from './format';
import { isRecord } from './record';
import { isRuleCode, RULES, type AcknowledgedCode, type ScannerCode } from './rules';
import { checkedBy, type Shape } from './shape';
import { didYouMean } from './suggestions';
import { ValidationError } from './validation-error';

const METADATA = 'quayside:acknowledged';

/** An intentional exception to a rule of quayside or of a scanner, with its reason. */
export interface Acknowledgement {
  /** The code of a rule of quayside, such as `public-api-open`, or of a scanner, such as `CKV_AWS_18`. */
  readonly code: AcknowledgedCode;
  readonly reason: string;
}

/** Acknowledgements as data: reasons by code. */
export type Acknowledgements = Readonly<Partial<Record<AcknowledgedCode, string>>>;

/**
 * Allows everything below `scope` to break the rule `code`. Call it on the scope of the construct that breaks the rule,
 * before creating the construct; for a scanner's rule, on the resource.
 */
export function acknowledge(scope: IConstruct, code: AcknowledgedCode, reason: string): void {
  refuse(scope, refusals(code, reason));
  declare(scope, { code, reason });
}

/** `acknowledge` for data. An object passed for several scopes counts as needed if one of them needs it. */
export function acknowledgeAll(scope: IConstruct, data: Acknowledgements | undefined): void {
  const entries = entriesOf(data ?? {}) as readonly [AcknowledgedCode, string][];
  refuse(
    scope,
    entries.flatMap(([code, reason]) => refusals(code, reason)),
  );
  for (const [code, reason] of entries) declare(scope, { code, reason }, data);
}

const REASONS = 'an object of reasons by rule code';

/** Reasons by code, for the props of constructs. */
export const ACKNOWLEDGEMENTS: Shape<Acknowledgements> = {
  ...checkedBy(REASONS, (data, path) =>
    isRecord(data)
      ? entriesOf(data).flatMap(([code, reason]) => refusals(code, reason))
      : [`${path} must be ${REASONS}, got ${formatValue(data)}`],
  ),
  // Otherwise the same object: several scopes may share it.
  withoutNulls: (data) =>
    isRecord(data) && Object.values(data).includes(null) ? Object.fromEntries(entriesOf(data)) : data,
};

/** Without those that JSON omits by null. */
function entriesOf(data: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(data).filter(([, reason]) => reason !== undefined && reason !== null);
}

/** Matches every `ScannerCode`. */
const SCANNER_CODE = /^(CKV2?_[A-Z0-9]+_\d+|kube-score\/[a-z0-9-]+)$/;

export function isScannerCode(code: string): code is ScannerCode {
  return SCANNER_CODE.test(code);
}

/** Checked at runtime too: JSON and JavaScript are not type-checked. */
function refusals(code: string, reason: unknown): readonly string[] {
  if (!isScannerCode(code) && !isRuleCode(code)) {
    return [`acknowledge('${code}') is not a rule in docs/reference/rules.md${didYouMean(code, Object.keys(RULES))}`];
  }
  return typeof reason === 'string' && reason.trim() !== '' ? [] : [`acknowledge('${code}') requires a reason`];
}

function refuse(scope: IConstruct, found: readonly string[]): void {
  if (found.length > 0) throw new ValidationError(scope.node.path, found);
}

/** An acknowledgement and the scope it is declared on. */
export interface Declaration {
  readonly scope: IConstruct;
  readonly entry: Acknowledgement;
  /** The object passed to `acknowledgeAll`, which several declarations may share. */
  readonly data?: Acknowledgements;
}

/** All declarations of an app, in order. */
export const declarations = perApp<Declaration[]>(() => []);

function declare(scope: IConstruct, entry: Acknowledgement, data?: Acknowledgements): void {
  declarations(scope).push({ scope, entry, data });
  scope.node.addMetadata(METADATA, entry, { stackTrace: false });
  if (TerraformResource.isTerraformResource(scope)) writeToOutput(scope);
  else writeToStack(scope, entry);
}

/** Scanners read the synthesized stack: their findings are compared with this comment. */
function writeToOutput(resource: TerraformResource): void {
  resource.addOverride('//', { acknowledged: [...acknowledgements(resource)].sort(byCode) });
}

/** Acknowledgements on constructs other than resources, by stack, for readers of the synthesized stack. */
const inStacks = new WeakMap<TerraformStack, (Acknowledgement & { readonly path: string })[]>();

function writeToStack(scope: IConstruct, entry: Acknowledgement): void {
  const stack = scope.node.scopes.find((one): one is TerraformStack => TerraformStack.isStack(one));
  if (!stack) return;
  const entries = inStacks.get(stack) ?? [];
  inStacks.set(stack, entries);
  entries.push({ path: scope.node.path, ...entry });
  stack.addOverride(
    '//.acknowledged',
    [...entries].sort((a, b) => order(a.path, b.path) || byCode(a, b)),
  );
}

/** Those of one code stay in the order of their declaration. */
function byCode(a: Acknowledgement, b: Acknowledgement): number {
  return order(a.code, b.code);
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The acknowledgement on `scope` or its nearest ancestor. */
export function acknowledged(scope: IConstruct, code: AcknowledgedCode): Acknowledgement | undefined {
  for (const construct of [...scope.node.scopes].reverse()) {
    const found = acknowledgements(construct).find((entry) => entry.code === code);
    if (found) return found;
  }
  return undefined;
}

const needed = new WeakSet<Acknowledgement>();

/** Like `acknowledged`, for a rule that is broken: marks the acknowledgement as needed. */
export function needAcknowledgement(scope: IConstruct, code: AcknowledgedCode): Acknowledgement | undefined {
  const found = acknowledged(scope, code);
  if (found) needed.add(found);
  return found;
}

/** Whether a check would have failed without this acknowledgement. */
export function isNeeded(entry: Acknowledgement): boolean {
  return needed.has(entry);
}

/** The acknowledgements declared on the construct itself. */
export function acknowledgements(construct: IConstruct): readonly Acknowledgement[] {
  return construct.node.metadata
    .filter((entry) => entry.type === METADATA)
    .map((entry) => entry.data as Acknowledgement);
}

import { TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { perApp } from './claims';
import { isRuleCode, RULES, type AcknowledgedCode, type ScannerCode } from './rules';
import { didYouMean } from './suggestions';
import { ValidationError } from './validation-error';

const METADATA = 'quayside:acknowledged';

/** A rule of ours or of a scanner that is broken on purpose, with the reason that a reviewer reads. */
export interface Acknowledgement {
  /** A code of ours, such as `public-api-open`, or a scanner's id, such as `CKV_AWS_18`. */
  readonly code: AcknowledgedCode;
  readonly reason: string;
}

/** Reasons by code: the acknowledgements of something that is data. */
export type Acknowledgements = Readonly<Partial<Record<AcknowledgedCode, string>>>;

/**
 * Declares that everything below `scope` breaks the rule `code` on purpose. Call it before the construct that breaks
 * the rule is created, on the construct's scope, or on a resource for a scanner's rule.
 */
export function acknowledge(scope: IConstruct, code: AcknowledgedCode, reason: string): void {
  refuse(scope, refusals(code, reason));
  declare(scope, { code, reason });
}

/** `acknowledge` for data. One object may be given to several scopes: it is needed where one of them needs it. */
export function acknowledgeAll(scope: IConstruct, data: Acknowledgements | undefined): void {
  const entries = Object.entries(data ?? {}) as [AcknowledgedCode, string][];
  refuse(
    scope,
    entries.flatMap(([code, reason]) => refusals(code, reason)),
  );
  for (const [code, reason] of entries) declare(scope, { code, reason }, data);
}

/** The forms of `ScannerCode`. */
const SCANNER_CODE = /^(CKV2?_[A-Z0-9]+_\d+|kube-score\/[a-z0-9-]+)$/;

/** Whether a code is of a scanner's form. */
export function isScannerCode(code: string): code is ScannerCode {
  return SCANNER_CODE.test(code);
}

/** Data and JavaScript may give what no compiler has seen. */
function refusals(code: string, reason: unknown): readonly string[] {
  if (!isScannerCode(code) && !isRuleCode(code)) {
    return [`acknowledge('${code}') names no rule of docs/reference/rules.md${didYouMean(code, Object.keys(RULES))}`];
  }
  return typeof reason === 'string' && reason.trim() !== '' ? [] : [`acknowledge('${code}') needs a reason`];
}

function refuse(scope: IConstruct, found: readonly string[]): void {
  if (found.length > 0) throw new ValidationError(scope.node.path, found);
}

/** An acknowledgement where it was declared. */
export interface Declaration {
  readonly scope: IConstruct;
  readonly entry: Acknowledgement;
  /** The data that it comes from, which several declarations may share. */
  readonly data?: Acknowledgements;
}

/** Every declaration of an app, in order. */
export const declarations = perApp<Declaration[]>(() => []);

function declare(scope: IConstruct, entry: Acknowledgement, data?: Acknowledgements): void {
  declarations(scope).push({ scope, entry, data });
  scope.node.addMetadata(METADATA, entry, { stackTrace: false });
  if (TerraformResource.isTerraformResource(scope)) writeToOutput(scope);
  else writeToStack(scope, entry);
}

/** A scanner reads the synthesized stack, not the constructs: what it finds is compared with this comment. */
function writeToOutput(resource: TerraformResource): void {
  resource.addOverride('//', { acknowledged: acknowledgements(resource) });
}

/** What was declared on constructs that are no resources, by stack, for whoever reads the synthesized stack. */
const inStacks = new WeakMap<TerraformStack, (Acknowledgement & { readonly path: string })[]>();

function writeToStack(scope: IConstruct, entry: Acknowledgement): void {
  const stack = scope.node.scopes.find((one): one is TerraformStack => TerraformStack.isStack(one));
  if (!stack) return;
  const entries = inStacks.get(stack) ?? [];
  inStacks.set(stack, entries);
  entries.push({ path: scope.node.path, ...entry });
  stack.addOverride('//.acknowledged', entries);
}

/** The acknowledgement that covers `scope`, its own or an ancestor's. */
export function acknowledged(scope: IConstruct, code: AcknowledgedCode): Acknowledgement | undefined {
  for (const construct of [...scope.node.scopes].reverse()) {
    const found = acknowledgements(construct).find((entry) => entry.code === code);
    if (found) return found;
  }
  return undefined;
}

const needed = new WeakSet<Acknowledgement>();

/** As `acknowledged`, where the rule is broken: the acknowledgement is needed from then on. */
export function needAcknowledgement(scope: IConstruct, code: AcknowledgedCode): Acknowledgement | undefined {
  const found = acknowledged(scope, code);
  if (found) needed.add(found);
  return found;
}

/** Whether a check would have refused the app without this acknowledgement. */
export function isNeeded(entry: Acknowledgement): boolean {
  return needed.has(entry);
}

/** The acknowledgements declared on this very construct. */
export function acknowledgements(construct: IConstruct): readonly Acknowledgement[] {
  return construct.node.metadata
    .filter((entry) => entry.type === METADATA)
    .map((entry) => entry.data as Acknowledgement);
}

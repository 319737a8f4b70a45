import { TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { ValidationError } from './validation-error';

const METADATA = 'quayside:acknowledged';

/** A deliberate exception from a rule of ours or of a scanner, with the reason that a reviewer reads. */
export interface Acknowledgement {
  /** The rule: a code of ours, such as `public-api-open`, or a scanner's id, such as `CKV_AWS_18`. */
  readonly code: string;
  readonly reason: string;
}

/**
 * Declares that everything below `scope` breaks the rule `code` on purpose. Call it before the construct that breaks
 * the rule is made, on the construct's scope, or on a resource for a scanner's rule.
 */
export function acknowledge(scope: IConstruct, code: string, reason: string): void {
  if (reason.trim() === '') throw new ValidationError(scope.node.path, [`acknowledge('${code}') needs a reason`]);
  const entry: Acknowledgement = { code, reason };
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

/** The exception that covers `scope`, its own or an ancestor's. */
export function acknowledged(scope: IConstruct, code: string): Acknowledgement | undefined {
  for (const construct of [...scope.node.scopes].reverse()) {
    const found = acknowledgements(construct).find((entry) => entry.code === code);
    if (found) return found;
  }
  return undefined;
}

/** The exceptions declared on this very construct. */
export function acknowledgements(construct: IConstruct): readonly Acknowledgement[] {
  return construct.node.metadata
    .filter((entry) => entry.type === METADATA)
    .map((entry) => entry.data as Acknowledgement);
}

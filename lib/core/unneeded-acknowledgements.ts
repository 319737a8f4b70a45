import { TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { declarations, isNeeded, isScannerCode, type Declaration } from './acknowledge';
import { isObjectChecked } from './checked-objects';
import { RULES, type RuleCode, type RuleTopic } from './rules';

/**
 * Warnings about acknowledgements of quayside's rules that no check needed. Run it after validation. Those of scanners
 * are skipped: only the scanner knows.
 * @param everyStack whether all stacks were built: others may need acknowledgements that several stacks share
 */
export function unneededAcknowledgements(app: IConstruct, everyStack: boolean): readonly string[] {
  const all = declarations(app).filter(({ entry }) => !isScannerCode(entry.code));
  const needed = all.filter(({ entry }) => isNeeded(entry));
  return all
    .filter((one) => !needed.some((other) => isSame(one, other)))
    .filter((one) => isConclusive(one, everyStack))
    .filter((one) => !all.some((other) => isSame(one, other) && explainsUncheckedObjects(other)))
    .map(
      ({ scope, entry }) =>
        `${scope.node.path || 'app'}: nothing breaks the rule '${entry.code}' here: remove its acknowledgement`,
    );
}

function isSame(one: Declaration, other: Declaration): boolean {
  return one === other || (one.data !== undefined && one.data === other.data && one.entry.code === other.entry.code);
}

/** Data is declared on an environment and on each of its stacks: only the environment's declaration is reported. */
function isConclusive({ scope, data }: Declaration, everyStack: boolean): boolean {
  const inStack = scope.node.scopes.some((one) => TerraformStack.isStack(one));
  return inStack ? data === undefined : everyStack;
}

/** Topics whose reasons `report` shows for any Kubernetes object, and the resource types that it reads. */
const REPORTED_TOPICS: ReadonlySet<RuleTopic> = new Set(['Pods', 'Kubernetes permissions']);
const REPORTED_TYPES =
  /^kubernetes_(deployment|stateful_set|daemon_?set|(cron_)?job|pod|(cluster_)?role(_binding)?)(_v\d+)?$/;

/** Objects created outside quayside's constructs, such as a plain DeploymentV1, are reported but not checked. */
function explainsUncheckedObjects({ scope, entry }: Declaration): boolean {
  if (!REPORTED_TOPICS.has(RULES[entry.code as RuleCode].topic)) return false;
  return scope.node.findAll().some((one) => isReported(one) && !isObjectChecked(one));
}

function isReported(construct: IConstruct): boolean {
  return TerraformResource.isTerraformResource(construct) && REPORTED_TYPES.test(construct.terraformResourceType);
}

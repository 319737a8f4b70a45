import { TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { declarations, isNeeded, isScannerCode, type Declaration } from './acknowledge';
import { wasChecked } from './check';
import { RULES, type RuleCode, type RuleTopic } from './rules';

/**
 * What to do about acknowledgements of the library's rules that nothing needed, once the app has been checked. Whether a
 * scanner's is needed only the scanner can say.
 * @param everyStack whether every stack was built: one that was not may need what is declared for several
 */
export function unneededAcknowledgements(app: IConstruct, everyStack: boolean): readonly string[] {
  const all = declarations(app).filter(({ entry }) => !isScannerCode(entry.code));
  const needed = all.filter(({ entry }) => isNeeded(entry));
  return all
    .filter((one) => !needed.some((other) => isSame(one, other)))
    .filter((one) => isJudged(one, everyStack) && !explainsUncheckedObjects(one))
    .map(
      ({ scope, entry }) =>
        `${scope.node.path || 'app'}: nothing breaks the rule '${entry.code}' here: remove its acknowledgement`,
    );
}

function isSame(one: Declaration, other: Declaration): boolean {
  return one === other || (one.data !== undefined && one.data === other.data && one.entry.code === other.entry.code);
}

/** Data is declared on an environment and on each of its stacks: the environment stands for them all. */
function isJudged({ scope, data }: Declaration, everyStack: boolean): boolean {
  const inStack = scope.node.scopes.some((one) => TerraformStack.isStack(one));
  return inStack ? data === undefined : everyStack;
}

/** Topics whose reasons a report looks for in Kubernetes objects of any origin, and the resources that it looks at. */
const REPORTED_TOPICS: ReadonlySet<RuleTopic> = new Set(['Pods', 'Kubernetes permissions']);
const REPORTED_TYPES =
  /^kubernetes_(deployment|stateful_set|daemon_?set|(cron_)?job|pod|(cluster_)?role(_binding)?)(_v\d+)?$/;

/** Objects that no construct of ours created, such as a plain DeploymentV1, are reported, but checked by nothing. */
function explainsUncheckedObjects({ scope, entry }: Declaration): boolean {
  if (!REPORTED_TOPICS.has(RULES[entry.code as RuleCode].topic)) return false;
  return scope.node.findAll().some((one) => isReported(one) && !one.node.scopes.some(checkedItself));
}

function isReported(construct: IConstruct): boolean {
  return TerraformResource.isTerraformResource(construct) && REPORTED_TYPES.test(construct.terraformResourceType);
}

function checkedItself(construct: IConstruct): boolean {
  return !TerraformStack.isStack(construct) && wasChecked(construct);
}

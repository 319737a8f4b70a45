import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformResource, TerraformStack, type TerraformRemoteState } from 'cdktf';
import type { Construct } from 'constructs';
import { AWS_CONTEXT_PROPS, provideAwsContext, withoutDerived, type AwsContext } from './aws-context';
import { check, checkAtSynth, type Problem } from './check';
import { Claims, perApp } from './claims';
import type { IamSettings } from './iam-settings';
import { literalText } from './literal-text';
import { isRecord, sortedRecord } from './record';
import { unknownRegion } from './regions';
import { securityGroupRuleProblems } from './security-group-rules';
import { object, optional, shapeProblems, type ObjectShape } from './shape';
import { stackId } from './stack-id';
import { addBackend, STATE_BACKEND, stateKey, type StateBackend } from './state-backend';
import { tagLimitProblems } from './tag-limit';
import { uniqueNameProblems } from './unique-names';
import { warn } from './warnings';

export interface AwsStackProps {
  /** The AWS account id, twelve digits. Terraform fails on any other account. */
  readonly account: string;
  /** For example `eu-west-1`. */
  readonly region: string;
  /**
   * Where the state is stored.
   * @default a local file, for a first try
   */
  readonly backend?: StateBackend;
  /**
   * Tags of every resource in the stack.
   * @default none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Permissions boundary and path of every IAM role in the stack.
   * @default none
   */
  readonly iam?: IamSettings;
}

export const AWS_STACK_PROPS = object<AwsStackProps>({
  ...AWS_CONTEXT_PROPS.shapes,
  backend: optional(STATE_BACKEND),
});

/** A stack with the AWS provider, default tags and a backend; account and region are inputs. */
export class AwsStack extends TerraformStack {
  readonly provider: AwsProvider;
  readonly aws: AwsContext;

  constructor(scope: Construct, id: string, props: AwsStackProps) {
    super(scope, stackId(id));
    // Not `checkProps`: resources that users place directly in the stack are theirs, with Terraform's own expressions.
    check(
      this,
      ...shapeProblems(
        new.target === AwsStack ? withoutDerived(props) : knownProps(props, AWS_STACK_PROPS),
        AWS_STACK_PROPS,
      ),
    );
    const backend = props.backend ?? { kind: 'local' };
    check(this, stateKeyProblem(this, stateKey(backend, id)));
    // Launch templates and Auto Scaling groups repeat them: the order of the keys means nothing.
    const tags = sortedRecord(props.tags ?? {});
    this.aws = provideAwsContext(this, { ...knownProps(props, AWS_CONTEXT_PROPS), tags });
    warn(this, unknownRegion('region', props.region));
    checkAtSynth(this, () => {
      const resources = this.node.findAll().filter(TerraformResource.isTerraformResource);
      return [
        ...uniqueNameProblems(resources),
        ...tagLimitProblems(resources, tags),
        ...securityGroupRuleProblems(this, resources),
      ];
    });
    literalText(addBackend(this, backend));
    this.provider = new AwsProvider(this, 'aws', {
      region: props.region,
      allowedAccountIds: [props.account],
      defaultTags: [{ tags }],
    });
    literalText(this.provider);
    // cdktf writes 'aws', which OpenTofu may resolve to another registry namespace.
    this.addOverride('terraform.required_providers.aws.source', 'hashicorp/aws');
  }

  /** cdktf calls it for every reference to another stack, before it adds the remote state. */
  override registerIncomingCrossStackReference(fromStack: TerraformStack): TerraformRemoteState {
    check(this, {
      code: 'cross-stack-reference',
      problem: `references a resource of stack ${fromStack.node.path}, which would have to be deployed before this one can be planned: pass a literal, or read an output of that stack (environmentRef)`,
    });
    return super.registerIncomingCrossStackReference(fromStack);
  }
}

/** A class that extends `AwsStack` may pass on its own props, with more properties. */
function knownProps<P extends object>(props: P, { shapes }: ObjectShape<P>): P {
  if (!isRecord(props)) return props;
  return Object.fromEntries(Object.keys(shapes).map((prop) => [prop, props[prop]])) as P;
}

/** Stacks in different scopes may have the same id, and would overwrite each other's state. */
const stateKeys = perApp(() => new Claims());

function stateKeyProblem(stack: AwsStack, key: string): Problem {
  const owner = stateKeys(stack).claim(stack.node, key);
  return (
    owner &&
    `backend stores the state at ${key}, as does ${owner.path}: change the stack id, bucket or keyPrefix of one of them`
  );
}

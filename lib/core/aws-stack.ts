import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, type TerraformRemoteState } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { provideAwsContext, type AwsContext } from './aws-context';
import { check } from './check';
import { addBackend, stateKey, type StateBackend } from './state-backend';

export interface AwsStackProps {
  /** The AWS account, twelve digits. Terraform refuses to work on any other. */
  readonly account: string;
  /** For example `eu-west-1`. */
  readonly region: string;
  /**
   * Where the state is kept.
   * @default a local file, for a first try
   */
  readonly backend?: StateBackend;
  /**
   * Tags of every resource in the stack.
   * @default none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

const ACCOUNT = /^\d{12}$/;
/** Source: "Regions and Zones"; every region's code has this form. */
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;

/** A state file: a stack with the AWS provider, default tags, a backend, and an account and region that are inputs. */
export class AwsStack extends TerraformStack {
  readonly provider: AwsProvider;
  readonly aws: AwsContext;

  constructor(scope: Construct, id: string, props: AwsStackProps) {
    super(scope, id);
    const backend = props.backend ?? { kind: 'local' };
    check(
      this,
      claimStateKey(this, stateKey(backend, id)),
      !ACCOUNT.test(props.account) && `account must be twelve digits, got '${props.account}'`,
      !REGION.test(props.region) && `region must look like eu-west-1, got '${props.region}'`,
    );
    this.aws = provideAwsContext(this, props);
    addBackend(this, backend);
    this.provider = new AwsProvider(this, 'aws', {
      region: props.region,
      allowedAccountIds: [props.account],
      defaultTags: [{ tags: { ...props.tags } }],
    });
  }

  /** cdktf asks it for every value of another stack, before it reads that stack's state. */
  override registerIncomingCrossStackReference(fromStack: TerraformStack): TerraformRemoteState {
    check(this, {
      code: 'cross-stack-reference',
      problem: `refers to a resource of stack ${fromStack.node.path}, which would have to be deployed before this one can be planned: pass a literal, or read an output of it (environmentRef)`,
    });
    return super.registerIncomingCrossStackReference(fromStack);
  }
}

/** The states of an app, by key: two stacks may have one id in different scopes, and then overwrite each other. */
const statesByApp = new WeakMap<IConstruct, Map<string, string>>();

function claimStateKey(stack: AwsStack, key: string): string | false {
  const states = statesByApp.get(stack.node.root) ?? new Map<string, string>();
  statesByApp.set(stack.node.root, states);
  const owner = states.get(key);
  states.set(key, stack.node.path);
  return (
    owner !== undefined &&
    `backend keeps the state at ${key}, and so does ${owner}: give one of them another stack id, bucket or keyPrefix`
  );
}

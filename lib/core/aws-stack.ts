import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, Token, type TerraformRemoteState } from 'cdktf';
import type { Construct } from 'constructs';
import { provideAwsContext, REGION, type AwsContext } from './aws-context';
import { check, checkAtSynth, type Problem } from './check';
import { Claims, perApp } from './claims';
import { literalText } from './literal-text';
import { sortedRecord } from './record';
import { shapeProblems } from './shape';
import { addBackend, STATE_BACKEND, stateKey, type StateBackend } from './state-backend';
import { uniqueNameProblems } from './unique-names';

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
}

const ACCOUNT = /^\d{12}$/;

/** A stack with the AWS provider, default tags and a backend; account and region are inputs. */
export class AwsStack extends TerraformStack {
  readonly provider: AwsProvider;
  readonly aws: AwsContext;

  constructor(scope: Construct, id: string, props: AwsStackProps) {
    super(scope, id);
    const backend = props.backend ?? { kind: 'local' };
    check(
      this,
      stateKeyProblem(this, stateKey(backend, id)),
      typeof props.account === 'string'
        ? !ACCOUNT.test(props.account) && `account must be twelve digits, got '${props.account}'`
        : `account must be a string of twelve digits, got ${String(props.account)}`,
      !REGION.test(props.region) && `region must be an AWS region such as eu-west-1, got '${props.region}'`,
      ...shapeProblems(backend, STATE_BACKEND, 'backend'),
      ...tagProblems(props.tags ?? {}),
    );
    // Launch templates and Auto Scaling groups repeat them: the order of the keys means nothing.
    const tags = sortedRecord(props.tags ?? {});
    this.aws = provideAwsContext(this, { ...props, tags });
    checkAtSynth(this, () => uniqueNameProblems(this));
    addBackend(this, backend);
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

/** Source: "Tag naming limits and requirements", AWS Tagging Best Practices. */
const MAX_TAG_KEY = 128;
const MAX_TAG_VALUE = 256;

function tagProblems(tags: Readonly<Record<string, unknown>>): readonly Problem[] {
  return Object.entries(tags).flatMap(([key, value]) => [
    /^aws:/i.test(key) && `tags has the key '${key}': use another prefix, AWS reserves aws:`,
    (key === '' || key.length > MAX_TAG_KEY) && `tags has the key '${key}': use 1 to ${MAX_TAG_KEY} characters`,
    typeof value === 'string'
      ? !Token.isUnresolved(value) &&
        value.length > MAX_TAG_VALUE &&
        `tags.${key} has ${value.length} characters, AWS allows at most ${MAX_TAG_VALUE}: shorten it`
      : `tags.${key} must be a string, got ${String(value)}`,
  ]);
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

import {
  DataTerraformRemoteStateLocal,
  DataTerraformRemoteStateS3,
  LocalBackend,
  S3Backend,
  type TerraformBackend,
  type TerraformRemoteState,
  type TerraformStack,
} from 'cdktf';
import type { Construct } from 'constructs';
import { REGION } from './aws-context';
import { escapeTemplate } from './escape-template';
import { object, oneOf, optional, text, union } from './shape';

/** Where Terraform stores the state of a stack. */
export type StateBackend =
  | {
      readonly kind: 'local';
      /**
       * Directory of the state files, relative to the synthesized stack's.
       * @default '../../..', the project's directory
       */
      readonly directory?: string;
    }
  | {
      /** Encrypted, with S3 native locking (Terraform 1.10 or later); no DynamoDB table. */
      readonly kind: 's3';
      readonly bucket: string;
      readonly region: string;
      /**
       * Prefix of the key, before the stack's name.
       * @default no prefix
       */
      readonly keyPrefix?: string;
      /** @default S3's own key (SSE-S3) */
      readonly kmsKeyId?: string;
    };

type LocalStateBackend = Extract<StateBackend, { readonly kind: 'local' }>;
type S3StateBackend = Extract<StateBackend, { readonly kind: 's3' }>;

/** Terraform runs in `cdktf.out/stacks/<stack>`. */
const PROJECT_DIRECTORY = '../../..';

/**
 * Source: "General purpose bucket naming rules",
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const BUCKET =
  /^(?!.*\.\.)(?!\d+(\.\d+){3}$)(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** What Terraform's S3 backend accepts. */
const KMS_KEY = /^(arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:)?(alias\/[\w/-]+|(key\/)?(mrk-)?[0-9a-f][0-9a-f-]+)$/;
/** Terraform rejects a key that begins with a slash. */
const KEY_PREFIX = /^(?!\/)/;

export const STATE_BACKEND = union<StateBackend, 'kind'>('kind', {
  local: object<LocalStateBackend>({ kind: oneOf('local'), directory: optional(text()) }),
  s3: object<S3StateBackend>({
    kind: oneOf('s3'),
    bucket: text('the name of a bucket: 3 to 63 lowercase letters, digits, dots and hyphens', BUCKET),
    region: text('an AWS region, such as eu-west-1', REGION),
    keyPrefix: optional(text('a prefix without a leading slash', KEY_PREFIX)),
    kmsKeyId: optional(text('a KMS key: its ARN, its id, or alias/<name>', KMS_KEY)),
  }),
});

/** Identifies the state of a stack: two stacks with the same key overwrite each other's state. */
export function stateKey(backend: StateBackend, stackId: string): string {
  return backend.kind === 'local'
    ? `${backend.directory ?? PROJECT_DIRECTORY}/terraform.${stackId}.tfstate`
    : `s3://${backend.bucket}/${s3Key(backend, stackId)}`;
}

export function addBackend(stack: TerraformStack, backend: StateBackend): TerraformBackend {
  const stackId = stack.node.id;
  if (backend.kind === 'local') {
    return new LocalBackend(stack, { path: stateKey(backend, stackId) });
  }
  const s3 = new S3Backend(stack, {
    bucket: backend.bucket,
    key: s3Key(backend, stackId),
    region: backend.region,
    encrypt: true,
    kmsKeyId: backend.kmsKeyId,
  });
  // cdktf 0.21 has no prop for this.
  s3.addOverride('use_lockfile', true);
  return s3;
}

/** Reads the outputs of another stack. `literalText` has no effect on it: cdktf writes its configuration in another way. */
export function remoteState(
  scope: Construct,
  id: string,
  backend: StateBackend,
  stackId: string,
): TerraformRemoteState {
  if (backend.kind === 'local')
    return new DataTerraformRemoteStateLocal(scope, id, { path: escapeTemplate(stateKey(backend, stackId)) });
  const { bucket, region } = backend;
  return new DataTerraformRemoteStateS3(scope, id, { bucket, region, key: escapeTemplate(s3Key(backend, stackId)) });
}

function s3Key(backend: { readonly keyPrefix?: string }, stackId: string): string {
  return `${backend.keyPrefix ?? ''}${stackId}.tfstate`;
}

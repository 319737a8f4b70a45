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
import type { Problem } from './check';

/** Where Terraform keeps the state of a stack. */
export type StateBackend =
  | {
      readonly kind: 'local';
      /**
       * Folder of the state files, relative to the synthesized stack's folder.
       * @default '../../..', the project's folder
       */
      readonly directory?: string;
    }
  | {
      /** Encrypted, locked by S3 itself (Terraform 1.10 or later); no DynamoDB table. */
      readonly kind: 's3';
      readonly bucket: string;
      readonly region: string;
      /**
       * What stands before the stack's name in the key.
       * @default no prefix
       */
      readonly keyPrefix?: string;
      /** @default S3's own key (SSE-S3) */
      readonly kmsKeyId?: string;
    };

/** `cdktf.out/stacks/<stack>` is where Terraform runs. */
const PROJECT_FOLDER = '../../..';

/** Source: "General purpose bucket naming rules", Amazon S3 User Guide. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** What every stack's backend is one of; data that no compiler has seen may name another. */
const KINDS: readonly string[] = ['local', 's3'] satisfies readonly StateBackend['kind'][];

/** A backend takes literals only: Terraform reads it before anything else. */
export function backendProblems(backend: StateBackend): readonly Problem[] {
  if (!KINDS.includes(backend.kind))
    return [`backend.kind is one of ${KINDS.join(', ')}, got '${String(backend.kind)}'`];
  if (backend.kind === 'local') return [];
  const { bucket, region } = backend;
  return [
    !BUCKET.test(bucket) &&
      `backend.bucket must be 3 to 63 lower-case letters, digits, dots and hyphens, got '${bucket}'`,
    !REGION.test(region) && `backend.region must look like eu-west-1, got '${region}'`,
  ];
}

/** Identifies the state of a stack: two stacks with one key overwrite each other. */
export function stateKey(backend: StateBackend, stackId: string): string {
  return backend.kind === 'local'
    ? `${backend.directory ?? PROJECT_FOLDER}/terraform.${stackId}.tfstate`
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
  // cdktf 0.21 has no prop for it.
  s3.addOverride('use_lockfile', true);
  return s3;
}

/** Reads the outputs of another stack. */
export function remoteState(
  scope: Construct,
  id: string,
  backend: StateBackend,
  stackId: string,
): TerraformRemoteState {
  if (backend.kind === 'local')
    return new DataTerraformRemoteStateLocal(scope, id, { path: stateKey(backend, stackId) });
  const { bucket, region } = backend;
  return new DataTerraformRemoteStateS3(scope, id, { bucket, region, key: s3Key(backend, stackId) });
}

function s3Key(backend: { readonly keyPrefix?: string }, stackId: string): string {
  return `${backend.keyPrefix ?? ''}${stackId}.tfstate`;
}

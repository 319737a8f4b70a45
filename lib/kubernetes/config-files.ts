import { createHash } from 'node:crypto';
import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import { check } from '../core/check';
import { escapeTemplate } from '../core/escape-template';
import { sortedRecord } from '../core/record';
import { labels, type AppIdentity } from './labels';
import { namespaceId, type NamespaceRef } from './namespace-ref';
import { nameProblem } from './object-name';
import type { Volume } from './pod/volume';

export interface ConfigFilesProps {
  readonly namespace: NamespaceRef;
  readonly identity: AppIdentity;
  /** @default identity.instance, or identity.name */
  readonly name?: string;
  /** Text by file name. It is stored in plain text in the state and in the cluster: no secrets. */
  readonly files: Readonly<Record<string, string>>;
  /** @default none besides the recommended ones */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Source: "ConfigMaps", https://kubernetes.io/docs/concepts/configuration/configmap/ */
const LARGEST_BYTES = 1024 * 1024;
/** Source: as above. */
const FILE_NAME = /^[-._a-zA-Z0-9]{1,253}$/;

/** Configuration files, with a hash that changes with them. */
export class ConfigFiles extends Construct {
  readonly configMap: ConfigMapV1;
  /** For a pod's `configHash`. */
  readonly hash: string;

  constructor(scope: Construct, id: string, props: ConfigFilesProps) {
    super(scope, id);
    const { namespace, identity, name = identity.instance ?? identity.name } = props;
    const files = sortedRecord(props.files);
    const bytes = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    check(
      this,
      nameProblem('name', name),
      ...Object.keys(files).map(
        (file) => !FILE_NAME.test(file) && `files has '${file}': use letters, digits, '-', '_' and '.'`,
      ),
      bytes > LARGEST_BYTES && `files has ${bytes} bytes, Kubernetes allows at most ${LARGEST_BYTES}: use several`,
    );
    this.configMap = new ConfigMapV1(this, 'files', {
      metadata: { name, namespace: namespaceId(namespace), labels: { ...props.labels, ...labels(identity) } },
      data: Object.fromEntries(Object.entries(files).map(([file, text]) => [file, escapeTemplate(text)])),
    });
    this.hash = hashOf(this.configMap, files);
  }

  get configMapId(): string {
    return this.configMap.metadata.name;
  }

  /** All files, as a pod's volume. */
  get volume(): Volume {
    return { kind: 'config-map', name: this.configMapId };
  }
}

/** What is known only after apply is hashed by Terraform. */
function hashOf(configMap: ConfigMapV1, files: Readonly<Record<string, string>>): string {
  const text = JSON.stringify(files);
  return Token.isUnresolved(text)
    ? Token.asString(Fn.sha256(Fn.jsonencode(configMap.data)))
    : createHash('sha256').update(text).digest('hex');
}

import { createHash } from 'node:crypto';
import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import { sortedRecord } from '../core/record';
import { anyText, object, optional, record, text } from '../core/shape';
import { APP_IDENTITY, identityProblems, labels, LABELS, type AppIdentity } from './labels';
import { ownLabelProblems } from './metadata';
import { NAMESPACE_REF, namespaceId, namespaceProblems, type NamespaceRef } from './namespace-ref';
import { claimName } from './object-claims';
import { subdomainProblem } from './object-name';
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

export const CONFIG_FILES_PROPS = object<ConfigFilesProps>({
  namespace: NAMESPACE_REF,
  identity: APP_IDENTITY,
  name: optional(text()),
  files: record(anyText, 'an object of texts by file name'),
  labels: optional(LABELS),
});

/** Source: "ConfigMaps", https://kubernetes.io/docs/concepts/configuration/configmap/ */
const LARGEST_BYTES = 1024 * 1024;
/** Source: as above. */
const FILE_NAME = /^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/;

/** Configuration files, with a hash that changes with them. */
export class ConfigFiles extends Construct {
  readonly configMap: ConfigMapV1;
  /** For a pod's `configHash`. */
  readonly hash: string;

  constructor(scope: Construct, id: string, props: ConfigFilesProps) {
    super(scope, id);
    checkProps(this, props, CONFIG_FILES_PROPS);
    const { namespace, identity, name = identity.instance ?? identity.name } = props;
    const files = sortedRecord(props.files);
    const bytes = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    check(
      this,
      ...namespaceProblems(namespace),
      ...identityProblems(identity),
      subdomainProblem('name', name),
      ...Object.keys(files).map(
        (file) =>
          !FILE_NAME.test(file) &&
          `files has '${file}': use at most 253 letters, digits, '-', '_' and '.', not '..' at the start`,
      ),
      ...ownLabelProblems(props.labels),
      bytes > LARGEST_BYTES &&
        `files has ${bytes} bytes, Kubernetes allows at most ${LARGEST_BYTES}: split them into several ConfigFiles`,
    );
    check(this, claimName(this, 'ConfigMap', name, namespace));
    this.configMap = new ConfigMapV1(this, 'files', {
      metadata: { name, namespace: namespaceId(namespace), labels: { ...props.labels, ...labels(identity) } },
      data: files,
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

import type {
  DeploymentV1SpecTemplateSpecContainerVolumeMount as MountBlock,
  DeploymentV1SpecTemplateSpecVolume as VolumeBlock,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { renamedValue } from '../../core/renamed-props';
import { isRecord } from '../../core/record';
import { object, oneOf, optional, text, union, type Shape } from '../../core/shape';
import { canonicalQuantity } from '../quantity';

/** The source of a volume. */
export type Volume =
  | {
      readonly kind: 'config-map';
      /** `ConfigFiles.configMapId`, or an existing one by name. */
      readonly name: string;
    }
  | {
      readonly kind: 'secret';
      readonly name: string;
      /** @default 'required': the pod does not start without the secret */
      readonly presence?: 'required' | 'optional';
      /**
       * The permissions of its files, in octal with a leading zero.
       * @default '0440'
       */
      readonly mode?: string;
    }
  | {
      readonly kind: 'empty-dir';
      /** A pod that writes more is evicted. */
      readonly sizeLimit: string;
      /** @default 'disk' */
      readonly medium?: 'disk' | 'memory';
    }
  | {
      /** A directory of the node: rejected by every Pod Security level but `privileged`. */
      readonly kind: 'host-path';
      readonly path: string;
      /** @default 'Directory' */
      readonly type?: 'Directory' | 'DirectoryOrCreate' | 'File' | 'Socket';
    }
  | { readonly kind: 'pvc'; readonly name: string }
  | {
      /**
       * A claim for each pod of a StatefulSet, retained when the pod is deleted. To add, remove or rename one replaces the set, and
       * so does another order of several.
       */
      readonly kind: 'claim-template';
      /** It cannot shrink later. The provider plans a larger one in place, and changes nothing: resize the claims by hand. */
      readonly size: string;
      /**
       * A change replaces the set. If the prop is removed, the class remains.
       * @default the cluster's default class
       */
      readonly storageClass?: string;
    };

type OfKind<K extends Volume['kind']> = Extract<Volume, { readonly kind: K }>;

const SIZE = text("a quantity, such as '1Gi'");

const VOLUMES = union<Volume, 'kind'>('kind', {
  'config-map': object<OfKind<'config-map'>>({ kind: oneOf('config-map'), name: text() }),
  secret: object<OfKind<'secret'>>({
    kind: oneOf('secret'),
    name: text(),
    presence: optional(oneOf('required', 'optional')),
    mode: optional(text("permissions in octal with a leading zero, such as '0440'", /^0[0-7]{0,4}$/)),
  }),
  'empty-dir': object<OfKind<'empty-dir'>>({
    kind: oneOf('empty-dir'),
    sizeLimit: SIZE,
    medium: optional(oneOf('disk', 'memory')),
  }),
  'host-path': object<OfKind<'host-path'>>({
    kind: oneOf('host-path'),
    path: text(),
    type: optional(oneOf('Directory', 'DirectoryOrCreate', 'File', 'Socket')),
  }),
  pvc: object<OfKind<'pvc'>>({ kind: oneOf('pvc'), name: text() }),
  'claim-template': object<OfKind<'claim-template'>>({
    kind: oneOf('claim-template'),
    size: SIZE,
    storageClass: optional(text()),
  }),
});

const RENAMED_KINDS = { empty: 'empty-dir', claim: 'pvc' } as const;

export const VOLUME: Shape<Volume> = {
  ...VOLUMES,
  problems: (given, path) => {
    const renamed = isRecord(given) && renamedValue(`${path}.kind`, given['kind'], RENAMED_KINDS);
    return typeof renamed === 'string' ? [renamed] : VOLUMES.problems(given, path);
  },
};

/** Where a volume is mounted in a container. */
export interface Mount {
  readonly volume: string;
  readonly path: string;
  /** @default 'read-write' for `empty-dir` volumes and claims, 'read-only' for others */
  readonly access?: 'read-only' | 'read-write';
  /**
   * A file or directory of the volume. A container never sees a later change of what is mounted this way.
   * @default the whole volume
   */
  readonly subPath?: string;
}

export const MOUNT = object<Mount>(
  {
    volume: text(),
    path: text(),
    access: optional(oneOf('read-only', 'read-write')),
    subPath: optional(text()),
  },
  { expected: 'a mount, such as { volume, path }' },
);

/** Kubernetes makes `fsGroup` the files' group. */
const SECRET_MODE = '0440';

/** Undefined for a claim template, which the controller turns into a volume. */
export function volumeBlock(name: string, volume: Volume): VolumeBlock | undefined {
  switch (volume.kind) {
    case 'config-map':
      return { name, configMap: { name: volume.name } };
    case 'secret':
      return {
        name,
        secret: {
          secretName: volume.name,
          defaultMode: volume.mode ?? SECRET_MODE,
          optional: volume.presence === 'optional',
        },
      };
    case 'empty-dir':
      return {
        name,
        emptyDir: {
          sizeLimit: canonicalQuantity(volume.sizeLimit),
          ...(volume.medium === 'memory' && { medium: 'Memory' }),
        },
      };
    case 'host-path':
      return { name, hostPath: { path: volume.path, type: volume.type ?? 'Directory' } };
    case 'pvc':
      return { name, persistentVolumeClaim: { claimName: volume.name } };
    case 'claim-template':
      return undefined;
  }
}

const WRITABLE: ReadonlySet<Volume['kind']> = new Set(['empty-dir', 'pvc', 'claim-template']);

export function mountBlock({ volume, path, access, subPath }: Mount, source: Volume | undefined): MountBlock {
  const writable = source !== undefined && WRITABLE.has(source.kind);
  return {
    name: volume,
    mountPath: path,
    readOnly: access ? access === 'read-only' : !writable,
    ...(subPath !== undefined && { subPath }),
  };
}

import type {
  DeploymentV1SpecTemplateSpecContainerVolumeMount as MountBlock,
  DeploymentV1SpecTemplateSpecVolume as VolumeBlock,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { canonicalQuantity } from '../quantity';

/** Where a volume's files come from. */
export type Volume =
  | {
      readonly kind: 'config-map';
      /** Terraform's reference: `configFiles.configMapId`. */
      readonly name: string;
    }
  | {
      readonly kind: 'secret';
      readonly name: string;
      /** @default 'required': the pod waits for the secret */
      readonly presence?: 'required' | 'optional';
      /**
       * The permissions of its files, as Kubernetes writes them.
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
      /** A folder of the node: refused by Pod Security but for `privileged`. */
      readonly kind: 'host-path';
      readonly path: string;
      /** @default 'Directory' */
      readonly type?: 'Directory' | 'DirectoryOrCreate' | 'File' | 'Socket';
    }
  | { readonly kind: 'pvc'; readonly name: string }
  | {
      /** A claim for each pod of a StatefulSet, kept when the pod goes. */
      readonly kind: 'claim-template';
      /** It can grow later, and never shrink. */
      readonly size: string;
      /** @default the cluster's default class */
      readonly storageClass?: string;
    };

/** Where a container sees a volume. */
export interface Mount {
  readonly volume: string;
  readonly path: string;
  /** @default 'read-write' for `empty-dir` volumes and claims, 'read-only' for others */
  readonly access?: 'read-only' | 'read-write';
  /**
   * A file or folder in the volume. A program that reloads its files never sees a change of one mounted like this.
   * @default the whole volume
   */
  readonly subPath?: string;
}

/** Kubernetes gives files to the group of `fsGroup`, or to root. */
const SECRET_MODE = '0440';

/** Undefined for what the pod's controller adds. */
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

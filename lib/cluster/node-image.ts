import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { object, oneOf, text, union } from '../core/shape';
import type { NodeSystem } from './bootstrap';
import type { Architecture } from './instance-types';

/** AMI of self-managed nodes. */
export type NodeImage =
  | {
      /** The latest for the cluster's Kubernetes version, resolved at each instance launch. */
      readonly kind: 'latest';
    }
  | {
      /** A specific release of AWS's AMI: `v20260107` for `al2023`, `1.52.0` for `bottlerocket`. */
      readonly kind: 'release';
      readonly release: string;
    }
  | {
      /** A custom AMI, built for the group's operating system and architecture. */
      readonly kind: 'ami';
      readonly amiId: string;
    };

export const NODE_IMAGE = union<NodeImage, 'kind'>('kind', {
  latest: object<{ readonly kind: 'latest' }>({ kind: oneOf('latest') }),
  release: object<{ readonly kind: 'release'; readonly release: string }>({ kind: oneOf('release'), release: text() }),
  ami: object<{ readonly kind: 'ami'; readonly amiId: string }>({ kind: oneOf('ami'), amiId: text() }),
});

/** Of a node group. */
export const NODE_SYSTEM = oneOf('al2023', 'bottlerocket');

/** AMI types of managed node groups. Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html */
const AMI_TYPES: Readonly<Record<NodeSystem, Readonly<Record<Architecture, string>>>> = {
  al2023: { arm64: 'AL2023_ARM_64_STANDARD', x86_64: 'AL2023_x86_64_STANDARD' },
  bottlerocket: { arm64: 'BOTTLEROCKET_ARM_64', x86_64: 'BOTTLEROCKET_x86_64' },
};

export const NODE_SYSTEMS = Object.keys(AMI_TYPES);
export const ARCHITECTURES = Object.keys(AMI_TYPES.al2023);

export function amiType(system: NodeSystem, architecture: Architecture): string {
  return AMI_TYPES[system][architecture];
}

/**
 * AMI of a launch template: an id, or a public SSM parameter that EC2 resolves at each launch.
 * Sources: "Retrieve recommended Amazon Linux AMI IDs",
 * https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html, and "Retrieve recommended Bottlerocket AMI
 * IDs", https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id-bottlerocket.html
 */
export function imageId(
  image: NodeImage,
  system: NodeSystem,
  architecture: Architecture,
  kubernetesVersion: string,
): string {
  if (image.kind === 'ami') return image.amiId;
  if (system === 'bottlerocket') {
    const release = image.kind === 'latest' ? 'latest' : image.release;
    return `resolve:ssm:/aws/service/bottlerocket/aws-k8s-${kubernetesVersion}/${architecture}/${release}/image_id`;
  }
  const release =
    image.kind === 'latest'
      ? 'recommended'
      : `amazon-eks-node-al2023-${architecture}-standard-${kubernetesVersion}-${image.release}`;
  return `resolve:ssm:/aws/service/eks/optimized-ami/${kubernetesVersion}/amazon-linux-2023/${architecture}/standard/${release}/image_id`;
}

export function imageProblem(image: NodeImage, system: NodeSystem): Problem {
  if (image.kind === 'ami') {
    return (
      !Token.isUnresolved(image.amiId) &&
      !/^ami-[0-9a-f]+$/.test(image.amiId) &&
      `image.amiId must look like ami-0123456789abcdef0, got '${image.amiId}'`
    );
  }
  if (image.kind === 'latest') return false;
  const [form, example] = system === 'al2023' ? [/^v\d{8}$/, 'v20260107'] : [/^\d+\.\d+\.\d+(-[0-9a-f]+)?$/, '1.52.0'];
  return !form.test(image.release) && `image.release of ${system} must look like ${example}, got '${image.release}'`;
}

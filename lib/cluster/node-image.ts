import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { formatValue } from '../core/format';
import { checkedBy, literal, object, oneOf, text, union, type Shape } from '../core/shape';
import type { NodeSystem } from './bootstrap-settings';
import { acceleratorOf, type Architecture } from './instance-types';

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

const AL2 = 'Amazon Linux 2 has no AMIs for Kubernetes 1.33 and later';

/** Of a node group. */
export const NODE_SYSTEM: Shape<NodeSystem> = literal(
  checkedBy('al2023 or bottlerocket', (given, path) => {
    if (given === 'al2023' || given === 'bottlerocket') return [];
    const reason = given === 'al2' ? `: ${AL2}` : '';
    return [`${path} must be one of al2023, bottlerocket, got ${formatValue(given)}${reason}`];
  }),
);

/** Drivers of an image, beside what every node has. */
export type Accelerator = 'none' | 'nvidia' | 'neuron';

export const ACCELERATOR = oneOf('none', 'nvidia', 'neuron');

interface Variant {
  /** Of a managed node group. */
  readonly amiType: string;
  /** Part of the path of the AMI's public parameter. */
  readonly parameter: string;
}

const al2023 = (architecture: Architecture, amiType: string, variant: string): Variant => ({
  amiType,
  parameter: `${architecture}/${variant}`,
});
const bottlerocket = (architecture: Architecture, amiType: string, flavor = ''): Variant => ({
  amiType,
  parameter: `${flavor}/${architecture}`,
});

/**
 * Sources: "Nodegroup", amiType, https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html; "Use
 * EKS-optimized accelerated AMIs for GPU instances",
 * https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html: Bottlerocket has the drivers of Neuron in
 * its standard image.
 */
const VARIANTS: Readonly<Record<NodeSystem, Readonly<Record<Architecture, Partial<Record<Accelerator, Variant>>>>>> = {
  al2023: {
    arm64: {
      none: al2023('arm64', 'AL2023_ARM_64_STANDARD', 'standard'),
      nvidia: al2023('arm64', 'AL2023_ARM_64_NVIDIA', 'nvidia'),
    },
    x86_64: {
      none: al2023('x86_64', 'AL2023_x86_64_STANDARD', 'standard'),
      nvidia: al2023('x86_64', 'AL2023_x86_64_NVIDIA', 'nvidia'),
      neuron: al2023('x86_64', 'AL2023_x86_64_NEURON', 'neuron'),
    },
  },
  bottlerocket: {
    arm64: {
      none: bottlerocket('arm64', 'BOTTLEROCKET_ARM_64'),
      nvidia: bottlerocket('arm64', 'BOTTLEROCKET_ARM_64_NVIDIA', '-nvidia'),
    },
    x86_64: {
      none: bottlerocket('x86_64', 'BOTTLEROCKET_x86_64'),
      nvidia: bottlerocket('x86_64', 'BOTTLEROCKET_x86_64_NVIDIA', '-nvidia'),
      neuron: bottlerocket('x86_64', 'BOTTLEROCKET_x86_64'),
    },
  },
};

/** What determines the image of a node group. */
export interface ImageChoice {
  readonly os?: NodeSystem;
  readonly architecture: Architecture;
  readonly instanceTypes: readonly string[];
  readonly accelerator?: Accelerator;
}

export function amiType(choice: ImageChoice): string {
  return variantOf(choice)!.amiType;
}

/** Undefined for drivers that no image of the architecture has. */
function variantOf({ os = 'al2023', architecture, instanceTypes, accelerator }: ImageChoice): Variant | undefined {
  return VARIANTS[os][architecture][accelerator ?? acceleratorOf(instanceTypes[0]!)];
}

export function acceleratorProblems(choice: ImageChoice): readonly Problem[] {
  const { os = 'al2023', architecture, instanceTypes, accelerator } = choice;
  const needed = [...new Set(instanceTypes.map(acceleratorOf))];
  if (accelerator === undefined && needed.length > 1) {
    return [
      `instanceTypes has types with different drivers (${instanceTypes.join(', ')}), and the nodes of a group have one image: use one node group for each kind`,
    ];
  }
  return [
    !variantOf(choice) &&
      `${os} has no ${architecture} image with the drivers of ${accelerator ?? needed[0]}: ${accelerator === undefined ? "set architecture to 'x86_64' and use instance types of it, or set accelerator to 'none' and install the drivers yourself" : "omit accelerator, or set it to 'none'"}`,
  ];
}

/**
 * AMI of a launch template: an id, or a public SSM parameter that EC2 resolves at each launch.
 * Sources: "Retrieve recommended Amazon Linux AMI IDs",
 * https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html, and "Retrieve recommended Bottlerocket AMI
 * IDs", https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id-bottlerocket.html
 */
export function imageId(image: NodeImage, choice: ImageChoice, kubernetesVersion: string): string {
  if (image.kind === 'ami') return image.amiId;
  const { parameter } = variantOf(choice)!;
  if (choice.os === 'bottlerocket') {
    const release = image.kind === 'latest' ? 'latest' : image.release;
    return `resolve:ssm:/aws/service/bottlerocket/aws-k8s-${kubernetesVersion}${parameter}/${release}/image_id`;
  }
  const release =
    image.kind === 'latest'
      ? 'recommended'
      : `amazon-eks-node-al2023-${parameter.replace('/', '-')}-${kubernetesVersion}-${image.release}`;
  return `resolve:ssm:/aws/service/eks/optimized-ami/${kubernetesVersion}/amazon-linux-2023/${parameter}/${release}/image_id`;
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

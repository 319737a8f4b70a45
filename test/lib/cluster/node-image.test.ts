import {
  acceleratorProblems,
  amiType,
  imageId,
  imageProblem,
  type ImageChoice,
  type NodeImage,
} from '../../../lib/cluster/node-image';

test.each<{ image: NodeImage; os: 'al2023' | 'bottlerocket'; id: string }>([
  {
    image: { kind: 'latest' },
    os: 'al2023',
    id: 'resolve:ssm:/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/arm64/standard/recommended/image_id',
  },
  {
    image: { kind: 'release', release: 'v20260107' },
    os: 'al2023',
    id: 'resolve:ssm:/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/arm64/standard/amazon-eks-node-al2023-arm64-standard-1.34-v20260107/image_id',
  },
  {
    image: { kind: 'latest' },
    os: 'bottlerocket',
    id: 'resolve:ssm:/aws/service/bottlerocket/aws-k8s-1.34/arm64/latest/image_id',
  },
  {
    image: { kind: 'release', release: '1.52.0' },
    os: 'bottlerocket',
    id: 'resolve:ssm:/aws/service/bottlerocket/aws-k8s-1.34/arm64/1.52.0/image_id',
  },
  { image: { kind: 'ami', amiId: 'ami-0123' }, os: 'al2023', id: 'ami-0123' },
])('$image of $os', ({ image, os, id }) => {
  expect(imageId(image, { os, architecture: 'arm64', instanceTypes: ['m7g.large'] }, '1.34')).toBe(id);
  expect(imageProblem(image, os)).toBe(false);
});

test.each<ImageChoice & { type: string; path?: string }>([
  { os: 'al2023', architecture: 'arm64', instanceTypes: ['m7g.large'], type: 'AL2023_ARM_64_STANDARD' },
  { os: 'al2023', architecture: 'x86_64', instanceTypes: ['m7i.large'], type: 'AL2023_x86_64_STANDARD' },
  { os: 'bottlerocket', architecture: 'arm64', instanceTypes: ['m7g.large'], type: 'BOTTLEROCKET_ARM_64' },
  { os: 'bottlerocket', architecture: 'x86_64', instanceTypes: ['m7i.large'], type: 'BOTTLEROCKET_x86_64' },
  {
    os: 'al2023',
    architecture: 'x86_64',
    instanceTypes: ['g6.xlarge', 'p5.48xlarge'],
    type: 'AL2023_x86_64_NVIDIA',
    path: '/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/x86_64/nvidia/recommended/image_id',
  },
  { os: 'al2023', architecture: 'arm64', instanceTypes: ['g5g.xlarge'], type: 'AL2023_ARM_64_NVIDIA' },
  { os: 'al2023', architecture: 'x86_64', instanceTypes: ['trn1.2xlarge'], type: 'AL2023_x86_64_NEURON' },
  {
    os: 'bottlerocket',
    architecture: 'x86_64',
    instanceTypes: ['gr6.4xlarge'],
    type: 'BOTTLEROCKET_x86_64_NVIDIA',
    path: '/aws/service/bottlerocket/aws-k8s-1.34-nvidia/x86_64/latest/image_id',
  },
  { os: 'bottlerocket', architecture: 'x86_64', instanceTypes: ['inf2.xlarge'], type: 'BOTTLEROCKET_x86_64' },
  { os: 'al2023', architecture: 'x86_64', instanceTypes: ['g4ad.xlarge'], type: 'AL2023_x86_64_STANDARD' },
  {
    os: 'al2023',
    architecture: 'x86_64',
    instanceTypes: ['g6.xlarge'],
    accelerator: 'none',
    type: 'AL2023_x86_64_STANDARD',
  },
])('$instanceTypes on $os with accelerator $accelerator have $type', ({ type, path, ...choice }) => {
  expect(amiType(choice)).toBe(type);
  expect(acceleratorProblems(choice).filter(Boolean)).toEqual([]);
  expect(imageId({ kind: 'latest' }, choice, '1.34')).toContain(path ?? '/image_id');
});

test.each<ImageChoice & { problem: string }>([
  {
    architecture: 'x86_64',
    instanceTypes: ['g6.xlarge', 'm7i.xlarge'],
    problem:
      'instanceTypes has types with different drivers (g6.xlarge, m7i.xlarge), and the nodes of a group have one image: use one node group for each kind',
  },
  {
    architecture: 'arm64',
    instanceTypes: ['m7g.large'],
    accelerator: 'neuron',
    problem: "al2023 has no arm64 image with the drivers of neuron: omit accelerator, or set it to 'none'",
  },
])('$instanceTypes with accelerator $accelerator have no image', ({ problem, ...choice }) => {
  expect(acceleratorProblems(choice)).toEqual([problem]);
});

test.each<{ image: NodeImage; os: 'al2023' | 'bottlerocket'; problem: string }>([
  {
    image: { kind: 'ami', amiId: 'AL2_x86_64' },
    os: 'al2023',
    problem: "image.amiId must look like ami-0123456789abcdef0, got 'AL2_x86_64'",
  },
  {
    image: { kind: 'release', release: '1.52.0' },
    os: 'al2023',
    problem: "image.release of al2023 must look like v20260107, got '1.52.0'",
  },
  {
    image: { kind: 'release', release: 'v20260107' },
    os: 'bottlerocket',
    problem: "image.release of bottlerocket must look like 1.52.0, got 'v20260107'",
  },
])('$image of $os is rejected', ({ image, os, problem }) => {
  expect(imageProblem(image, os)).toBe(problem);
});

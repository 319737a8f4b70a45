import { amiType, imageId, imageProblem, type NodeImage } from '../../../lib/cluster/node-image';

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
  expect(imageId(image, os, 'arm64', '1.34')).toBe(id);
  expect(imageProblem(image, os)).toBe(false);
});

test('AMI types of managed node groups', () => {
  expect(amiType('al2023', 'arm64')).toBe('AL2023_ARM_64_STANDARD');
  expect(amiType('al2023', 'x86_64')).toBe('AL2023_x86_64_STANDARD');
  expect(amiType('bottlerocket', 'arm64')).toBe('BOTTLEROCKET_ARM_64');
  expect(amiType('bottlerocket', 'x86_64')).toBe('BOTTLEROCKET_x86_64');
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

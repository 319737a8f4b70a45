import { Token } from 'cdktf';
import { imageProblems, mirrored, provideImagePolicy, IMAGE_POLICY } from '../../../lib/kubernetes/image-policy';
import { shapeProblems } from '../../../lib/core/shape';
import { refusedWorkload } from './fixtures';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['traefik:v3', 'hub.example.com/library/traefik:v3'],
  [`quay.io/a/b@${DIGEST}`, `hub.example.com/quay/a/b@${DIGEST}`],
  ['ghcr.io/a/b:1', 'ghcr.io/a/b:1'],
])('%s is pulled as %s', (image, pulled) => {
  expect(mirrored({ mirrors: { 'docker.io': 'hub.example.com', 'quay.io': 'hub.example.com/quay' } }, image)).toBe(
    pulled,
  );
});

test.each([
  { policy: {}, image: 'shop:1', problems: [] },
  { policy: { allowed: ['docker.io'] }, image: 'shop:1', problems: [] },
  { policy: { allowed: ['mirror.io'], mirrors: { 'docker.io': 'mirror.io' } }, image: 'shop:1', problems: [] },
  { policy: { allowed: ['quay.io/prometheus'] }, image: 'quay.io/prometheus/node-exporter:v1', problems: [] },
  {
    policy: { allowed: ['quay.io/prometheus'] },
    image: 'quay.io/prometheus-evil/a:v1',
    problems: [
      "image 'quay.io/prometheus-evil/a:v1' comes from none of quay.io/prometheus: mirror it in one of them with images.mirrors, or add its registry to images.allowed",
    ],
  },
  {
    policy: { pin: 'digest' as const },
    image: 'shop:latest',
    problems: [
      "image 'shop:latest' can change under the same name: give it a version's tag, or a digest",
      "image 'shop:latest' has no digest, which images.pin 'digest' requires: append @sha256:...",
    ],
  },
  {
    policy: { reachable: ['*.dkr.ecr.eu-west-1.amazonaws.com'] },
    image: 'quay.io/a/b:1',
    problems: [
      "image 'quay.io/a/b:1' is in a registry that nodes without internet access cannot reach: set images.mirrors['quay.io'] to a pull-through cache or a copy in *.dkr.ecr.eu-west-1.amazonaws.com",
    ],
  },
  {
    policy: { reachable: ['*.dkr.ecr.eu-west-1.amazonaws.com'], mirrors: { 'docker.io': 'hub.example.com' } },
    image: 'shop:1',
    problems: [
      "image 'hub.example.com/library/shop:1' is in a registry that nodes without internet access cannot reach: set images.mirrors['docker.io'] to a pull-through cache or a copy in *.dkr.ecr.eu-west-1.amazonaws.com",
    ],
  },
  ...[
    '123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:1',
    'evil.123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1',
    'dkr.ecr.eu-west-1.amazonaws.com/shop:1',
  ].map((image) => ({
    policy: { reachable: ['*.dkr.ecr.eu-west-1.amazonaws.com'] },
    image,
    problems: [
      `image '${image}' is in a registry that nodes without internet access cannot reach: set images.mirrors['${image.split('/')[0]}'] to a pull-through cache or a copy in *.dkr.ecr.eu-west-1.amazonaws.com`,
    ],
  })),
  ...[
    { image: '210987654321.dkr.ecr.eu-west-1.amazonaws.com/shop:1' },
    {
      image: 'quay.io/a/b:1',
      mirrors: { 'quay.io': '123456789012.dkr.ecr.eu-west-1.amazonaws.com/quay' },
    },
    { image: 'harbor.corp.example/shop:1' },
    { image: 'docker.io/library/shop:1', mirrors: { 'docker.io': 'harbor.corp.example/hub' } },
  ].map(({ image, mirrors }) => ({
    policy: { reachable: ['*.dkr.ecr.eu-west-1.amazonaws.com', 'harbor.corp.example'], mirrors },
    image,
    problems: [],
  })),
  { policy: { reachable: [] }, image: 'shop:1', problems: [expect.stringContaining('cannot reach')] },
  {
    policy: {},
    image: 'Shop 1',
    problems: [
      "image 'Shop 1' is not a valid image: write it like registry/repository:tag, optionally with @sha256:...",
    ],
  },
])('$image under $policy', ({ policy, image, problems }) => {
  const found = imageProblems(policy, 'image', image).filter((problem) => problem !== false);
  const texts = found.map((problem) => (typeof problem === 'object' ? problem?.problem : problem));
  expect(texts).toEqual(problems);
});

test('an image that is known only after apply is not examined', () => {
  const image = Token.asString({ resolve: () => 'shop' });
  expect(imageProblems({ allowed: ['quay.io'] }, 'image', image)).toEqual([]);
  expect(mirrored({ mirrors: { 'docker.io': 'x' } }, image)).toBe(image);
});

test.each([
  ['{ "allow": ["quay.io"] }', "unknown property 'images.allow': did you mean 'allowed'?"],
  ['{ "allowed": "quay.io" }', "images.allowed must be a list of registries, got 'quay.io'"],
  ['{ "allowed": ["https://quay.io"] }', 'images.allowed[0] must be a registry with a path if any, such as'],
  [
    '{ "mirrors": { "docker.io": "hub.example.com/hub:v1" } }',
    'images.mirrors.docker.io must be a registry with a path',
  ],
  ['{ "pin": "sha" }', "images.pin must be one of tag, digest, got 'sha'"],
  ['null', 'images must be an object, got null'],
])('%s: %s', (json, problem) => {
  expect(shapeProblems(JSON.parse(json), IMAGE_POLICY, 'images')).toEqual([expect.stringContaining(problem)]);
});

test('an empty list of registries allows none', () => {
  expect(refusedWorkload({}, (stack) => provideImagePolicy(stack, { allowed: [] }))).toContain(
    "container 'api' image 'docker.io/library/shop:1.4.2' comes from none of (no registry is allowed): mirror it in one of them with images.mirrors, or add its registry to images.allowed",
  );
});

test.each(['', 'https://docker.io', 'docker.io/library', 'dockerhub', 'index.docker.io'])(
  'a mirror of %p would have no effect',
  (registry) => {
    expect(shapeProblems({ mirrors: { [registry]: 'hub.example.com' } }, IMAGE_POLICY)).toEqual([
      `mirrors has '${registry}', which no image is pulled from: use a registry's host, such as docker.io or registry.k8s.io`,
    ]);
  },
);

test.each(['docker.io', 'registry.k8s.io', 'localhost:5000', 'localhost', 'registry:5000', '10.0.0.1:5000'])(
  '%s may have a mirror',
  (registry) => {
    expect(shapeProblems({ mirrors: { [registry]: 'hub.example.com:5000/a' } }, IMAGE_POLICY)).toEqual([]);
  },
);

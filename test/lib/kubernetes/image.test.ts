import { Token } from 'cdktf';
import { imageProblems, mirrored } from '../../../lib/kubernetes/image-policy';
import { formatImage, isMutable, parseImage } from '../../../lib/kubernetes/image-ref';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['traefik', { registry: 'docker.io', repository: 'library/traefik' }],
  ['traefik:v3', { registry: 'docker.io', repository: 'library/traefik', tag: 'v3' }],
  ['grafana/grafana:13.1.0', { registry: 'docker.io', repository: 'grafana/grafana', tag: '13.1.0' }],
  ['quay.io/prometheus/prometheus:v3', { registry: 'quay.io', repository: 'prometheus/prometheus', tag: 'v3' }],
  ['localhost:5000/shop', { registry: 'localhost:5000', repository: 'shop' }],
  ['localhost:5000/shop:1.4', { registry: 'localhost:5000', repository: 'shop', tag: '1.4' }],
  [`ghcr.io/a/b@${DIGEST}`, { registry: 'ghcr.io', repository: 'a/b', digest: DIGEST }],
  [`ghcr.io/a/b:1@${DIGEST}`, { registry: 'ghcr.io', repository: 'a/b', tag: '1', digest: DIGEST }],
])('%s', (text, expected) => {
  expect(parseImage(text)).toEqual(expected);
  expect(parseImage(formatImage(parseImage(text)!))).toEqual(expected);
});

test.each(['', 'Shop:1', 'shop:', 'shop@sha256:abc', 'shop:a b', 'https://quay.io/shop', '-shop', 'a//b'])(
  "'%s' is no image",
  (text) => expect(parseImage(text)).toBeUndefined(),
);

test.each([
  ['shop', true],
  ['shop:latest', true],
  ['shop:main', true],
  ['shop:1.4.2', false],
  [`shop:latest@${DIGEST}`, false],
])('%s may change: %s', (text, expected) => {
  expect(isMutable(parseImage(text)!)).toBe(expected);
});

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
      "image 'quay.io/prometheus-evil/a:v1' comes from none of quay.io/prometheus: mirror it, or allow its registry",
    ],
  },
  {
    policy: { pin: 'digest' as const },
    image: 'shop:latest',
    problems: [
      "image 'shop:latest' can change under the same name: give it a version's tag, or a digest",
      "image 'shop:latest' has no digest: append @sha256:...",
    ],
  },
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

test('an image that Terraform has yet to compute is not looked at', () => {
  const image = Token.asString({ resolve: () => 'shop' });
  expect(imageProblems({ allowed: ['quay.io'] }, 'image', image)).toEqual([]);
  expect(mirrored({ mirrors: { 'docker.io': 'x' } }, image)).toBe(image);
});

import { formatImage, isMutable, parseImage } from '../../../lib/kubernetes/image-ref';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['traefik', { registry: 'docker.io', repository: 'library/traefik' }],
  ['traefik:v3', { registry: 'docker.io', repository: 'library/traefik', tag: 'v3' }],
  ['grafana/grafana:13.1.0', { registry: 'docker.io', repository: 'grafana/grafana', tag: '13.1.0' }],
  ['quay.io/prometheus/prometheus:v3', { registry: 'quay.io', repository: 'prometheus/prometheus', tag: 'v3' }],
  ['localhost:5000/shop', { registry: 'localhost:5000', repository: 'shop' }],
  ['[2001:db8::1]:5000/shop:1', { registry: '[2001:db8::1]:5000', repository: 'shop', tag: '1' }],
  ['localhost:5000/shop:1.4', { registry: 'localhost:5000', repository: 'shop', tag: '1.4' }],
  [`ghcr.io/a/b@${DIGEST}`, { registry: 'ghcr.io', repository: 'a/b', digest: DIGEST }],
  [`ghcr.io/a/b:1@${DIGEST}`, { registry: 'ghcr.io', repository: 'a/b', tag: '1', digest: DIGEST }],
])('%s', (text, expected) => {
  expect(parseImage(text)).toEqual(expected);
  expect(parseImage(formatImage(parseImage(text)!))).toEqual(expected);
});

test.each([
  `a.b/c@${DIGEST}@x`,
  'a b.example.com/shop:1',
  'exam!ple.com/shop',
  'a.b:x/shop',
  '',
  'Shop:1',
  'shop:',
  'shop@sha256:abc',
  'shop:a b',
  'https://quay.io/shop',
  '-shop',
  'a//b',
])("'%s' is no image", (text) => expect(parseImage(text)).toBeUndefined());

test.each([
  ['shop', true],
  ['shop:latest', true],
  ['shop:main', true],
  ['shop:1.4.2', false],
  [`shop:latest@${DIGEST}`, false],
])('%s may change: %s', (text, expected) => {
  expect(isMutable(parseImage(text)!)).toBe(expected);
});

import { Construct } from 'constructs';
import { acknowledge } from '../../../lib/core/acknowledge';
import { provideTrafficPeers, trafficPeers } from '../../../lib/kubernetes/traffic-peers';
import { refusal } from '../../support/stack';
import { refusedWorkload, synth, synthWorkload } from './fixtures';

const PEERS = { scrapers: [{ namespace: 'monitoring' }], requestSources: [{ namespace: 'ingress' }] };
const from = (namespace: string) => [
  { namespace_selector: { match_labels: { 'kubernetes.io/metadata.name': namespace } } },
];
const ports = [{ port: 'http', protocol: 'TCP' }];

test.each([
  { props: { metrics: { port: 'http' } }, ingress: [{ from: from('monitoring'), ports }] },
  { props: { requestPorts: ['http'] }, ingress: [{ from: from('ingress'), ports }] },
  {
    props: { metrics: { port: 'http' }, requestPorts: ['http'], ingress: [{ peers: [{ namespace: 'other' }] }] },
    ingress: [{ from: from('other') }, { from: from('ingress'), ports }, { from: from('monitoring'), ports }],
  },
  { props: { requestPorts: [] }, ingress: [] },
])('a workload with $props lets in $ingress', ({ props, ingress }) => {
  const stack = synthWorkload(props, (scope) => provideTrafficPeers(scope, PEERS));
  expect(stack.getResource('kubernetes_network_policy_v1').attributes['spec'].ingress).toEqual(ingress);
});

test('no peers are nobody, where Kubernetes would take an empty list for anybody', () => {
  const stack = synthWorkload({ metrics: { port: 'http' }, requestPorts: ['http'] }, (scope) =>
    provideTrafficPeers(scope, { scrapers: [], requestSources: [] }),
  );
  expect(stack.getResource('kubernetes_network_policy_v1').attributes['spec'].ingress).toEqual([]);
});

test('the nearest scope counts', () => {
  synth((stack) => {
    const [outer, sibling] = [new Construct(stack, 'outer'), new Construct(stack, 'sibling')];
    const inner = new Construct(outer, 'inner');
    expect(trafficPeers(inner)).toBeUndefined();
    const others = { scrapers: [], requestSources: [] };
    provideTrafficPeers(stack, PEERS);
    provideTrafficPeers(outer, others);
    expect(trafficPeers(inner)).toBe(others);
    expect(trafficPeers(sibling)).toBe(PEERS);
  });
});

const call = 'call provideTrafficPeers(stack, { scrapers, requestSources }) first';

test.each([
  { props: { metrics: { port: 'http' } }, problem: `metrics needs to know its peers: ${call}` },
  { props: { requestPorts: ['http'] }, problem: `requestPorts needs to know its peers: ${call}` },
])('without context, $props is refused', ({ props, problem }) => {
  expect(refusedWorkload(props)).toBe(`test/api: ${problem}`);
});

test("on the node's network no policy applies, so no peers are needed", () => {
  const stack = synthWorkload({ metrics: { port: 'http' }, privileges: { hostNetwork: true } }, (scope) =>
    acknowledge(scope, 'host-network', 'a test'),
  );
  expect(stack.ofType('kubernetes_network_policy_v1')).toEqual([]);
});

test('requests to a port that no container has are refused', () => {
  expect(refusedWorkload({ requestPorts: ['https'] }, (scope) => provideTrafficPeers(scope, PEERS))).toBe(
    "test/api: requestPorts has 'https', which is not a port of a container: use http, or add it to the ports of a container",
  );
});

test.each([
  ['{ "scrapers": [] }', 'trafficPeers.requestSources is required: a list of peers'],
  ['{ "scrapers": [{}], "requestSources": [] }', 'trafficPeers.scrapers[0] must be a peer, such as { selector,'],
  [
    '{ "scrapers": [{ "namespace": "Web" }], "requestSources": [] }',
    "trafficPeers.scrapers[0].namespace 'Web' is not a valid name",
  ],
])('%s: %s', (json, problem) => {
  const peers = JSON.parse(json) as typeof PEERS;
  expect(refusal((stack) => provideTrafficPeers(stack, peers))).toContain(problem);
});

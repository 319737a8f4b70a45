import { Environment, EnvironmentProfile, Ingress, ingress, PodService, synthesize, Workload } from 'quayside';
import type { AddOn } from 'quayside';

const SHOP = { name: 'shop', component: 'web', partOf: 'shop' };

/** Serves https://shop.guide.example.com. */
const shop: AddOn = {
  name: 'shop',
  requires: ['ingress'],
  platform(scope, platform) {
    const namespace = platform.namespace('shop');
    new Workload(scope, 'workload', {
      namespace,
      identity: SHOP,
      controller: { kind: 'deployment', replicas: platform.facts.profile.replicas },
      containers: [
        {
          name: 'shop',
          image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4.2',
          ports: { http: 8080 },
          resources: { cpu: '100m', memory: '128Mi' },
          readiness: { path: '/ready', port: 'http' },
          liveness: { path: '/live', port: 'http' },
        },
      ],
      requestPorts: ['http'],
    });
    const service = new PodService(scope, 'service', {
      namespace,
      identity: SHOP,
      ports: { http: { port: 80, target: 'http' } },
    });
    new Ingress(scope, 'ingress', {
      namespace,
      identity: SHOP,
      ingressClass: platform.facts.ingress.className,
      routes: [{ host: `shop.${platform.facts.domain}`, service, port: 'http' }],
    });
  },
};

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  new Environment(app, {
    name: 'guide-path',
    account: '123456789012',
    region: 'eu-west-1',
    zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    cidr: '10.84.0.0/16',
    domain: 'guide.example.com',
    kubernetesVersion: '1.35',
    parentZone: { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' },
    profile: EnvironmentProfile.ha(),
    volumeAccess: 'cluster',
    access: [{ name: 'platform', role: 'platform', policy: 'cluster-admin' }],
    addOns: [ingress(), shop],
  });
});

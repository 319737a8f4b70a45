import {
  AwsStack,
  connectCluster,
  environmentRef,
  Ingress,
  ManagedNodeGroup,
  Namespace,
  placeOn,
  PodService,
  synthesize,
  Workload,
} from 'quayside';
import * as staging from './staging.json';

const SHOP = { name: 'shop', component: 'web', partOf: 'shop' };

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  const team = new AwsStack(app, 'team-shop', { account: staging.account, region: staging.region });
  const { facts, cluster, vpc } = environmentRef(team, staging);
  connectCluster(team, cluster);

  // Reached by the environment's ingress and scraped by its Prometheus, on its pools, under its domain.
  const namespace = new Namespace(team, 'namespace', { name: 'shop-team' });
  new Workload(team, 'shop', {
    namespace,
    identity: SHOP,
    controller: { kind: 'deployment', replicas: { min: facts.profile.replicas, max: 6 } },
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
    placement: placeOn(
      facts.nodePools.filter(({ name }) => name === 'apps'),
      facts.nodePools,
    ),
    requestPorts: ['http'],
    metrics: { port: 'http' },
  });
  const service = new PodService(team, 'service', {
    namespace,
    identity: SHOP,
    ports: { http: { port: 80, target: 'http' } },
  });
  new Ingress(team, 'ingress', {
    namespace,
    identity: SHOP,
    ingressClass: facts.ingress.className,
    routes: [{ host: `shop.${facts.domain}`, service, port: 'http' }],
  });

  // Nodes of the team's own, in the environment's private subnets.
  new ManagedNodeGroup(team, 'reports', {
    cluster,
    name: 'reports',
    subnets: vpc.privateSubnets,
    architecture: 'arm64',
    instanceTypes: ['c7g.xlarge'],
    minSize: 0,
    maxSize: 3,
  });
});

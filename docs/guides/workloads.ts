import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { App } from 'cdktf';
import {
  AwsStack,
  dependsOn,
  Ingress,
  Job,
  PodService,
  provideTrafficPeers,
  synthesize,
  Workload,
  type AppIdentity,
  type ContainerProps,
} from 'quayside';

const namespace = { namespaceName: 'shop' };
const API: AppIdentity = { name: 'api', partOf: 'shop' };
const MIGRATION: AppIdentity = { name: 'migration', partOf: 'shop' };
const DATABASE = { selector: { app: 'postgres' }, namespace: { namespaceName: 'databases' } };

const IMAGE = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4.2';

const container: ContainerProps = {
  name: 'api',
  image: IMAGE,
  ports: { http: 8080, metrics: 9090 },
  resources: { cpu: '100m', memory: '128Mi' },
  readiness: { path: '/ready', port: 'http' },
  liveness: { path: '/live', port: 'http' },
};

/** A migration, then the release, which an Ingress routes requests to. */
function shop(app: App): void {
  const stack = new AwsStack(app, 'guide-workloads', { account: '123456789012', region: 'eu-west-1' });
  new KubernetesProvider(stack, 'kubernetes', { configPath: '~/.kube/config' });
  provideTrafficPeers(stack, {
    scrapers: [{ namespace: 'monitoring' }],
    requestSources: [{ namespace: 'ingress' }],
  });
  const egress = [{ peers: [DATABASE], ports: [5432] }];

  const migration = new Job(stack, 'migration', {
    namespace,
    identity: MIGRATION,
    containers: [{ name: 'migration', image: IMAGE, args: ['migrate'], resources: { cpu: '100m', memory: '128Mi' } }],
    deadlineSeconds: 900,
    egress,
  });
  const api = new Workload(stack, 'api', {
    namespace,
    identity: API,
    controller: { kind: 'deployment', replicas: { min: 2, max: 10 } },
    containers: [container],
    requestPorts: ['http'],
    metrics: { port: 'metrics' },
    egress,
  });
  dependsOn(api, migration.workload);

  const service = new PodService(stack, 'service', {
    namespace,
    identity: API,
    ports: { http: { port: 80, target: 'http' } },
  });
  new Ingress(stack, 'ingress', {
    namespace,
    identity: API,
    ingressClass: 'traefik',
    routes: [{ host: 'shop.example.com', service, port: 'http' }],
  });
}

synthesize({ stacks: process.argv.slice(2) }, shop);

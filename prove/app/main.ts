import { Environment, EnvironmentProfile, Ingress, ingress, PodService, synthesize, Workload } from 'quayside';
import type { AddOn, ContainerProps, TrafficContractProps } from 'quayside';

/** How the applications of the proving ground end: by image. */
const APPLICATIONS = ['well-behaved', 'abrupt', 'distroless', 'slow-start'] as const;

/** One that exits at once must wait for its slowest request too. */
const WAIT_SECONDS: Readonly<Record<string, string>> = { abrupt: '7' };

function application(name: string): AddOn {
  const identity = { name, component: 'web', partOf: 'proving-ground' };
  const container: ContainerProps = {
    name: 'server',
    image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${name}:1`,
    ports: { http: 8080 },
    resources: { cpu: '100m', memory: '128Mi' },
    readiness: { path: '/ready', port: 'http', periodSeconds: 1 },
    // Nothing in an image without a shell could wait.
    ...(name !== 'distroless' && { preStop: { command: ['sleep', WAIT_SECONDS[name] ?? '5'] } }),
  };
  return {
    name,
    requires: ['ingress'],
    platform(scope, platform) {
      const namespace = platform.namespace(name);
      new Workload(scope, 'workload', {
        namespace,
        identity,
        controller: { kind: 'deployment', replicas: 3 },
        containers: [container],
        requestPorts: ['http'],
      });
      const service = new PodService(scope, 'service', {
        namespace,
        identity,
        ports: { http: { port: 80, target: 'http' } },
      });
      new Ingress(scope, 'ingress', {
        namespace,
        identity,
        ingressClass: platform.facts.ingress.className,
        routes: [{ host: `${name}.${platform.facts.domain}`, service, port: 'http' }],
      });
    },
  };
}

/** The states through which a scenario goes, by the name that the proving ground asks for. */
const VARIANTS: Readonly<Record<string, { readonly traffic?: TrafficContractProps }>> = {
  base: {},
  'port-opened': { traffic: { additionalNodePorts: { http: [31000] } } },
  'port-used': { traffic: { httpNodePort: 31000, additionalNodePorts: { http: [30080] } } },
  'port-closed': { traffic: { httpNodePort: 31000 } },
};
const { traffic } = VARIANTS[process.env['PROVING_VARIANT'] ?? 'base']!;

/** What is proven: an environment as a user would write it, with applications of every kind. */
synthesize({ stacks: process.argv.slice(2) }, (app) => {
  new Environment(app, {
    name: 'proving',
    account: '123456789012',
    region: 'eu-west-1',
    zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    cidr: '10.90.0.0/16',
    domain: 'proving.example.com',
    kubernetesVersion: '1.35',
    parentZone: { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' },
    profile: EnvironmentProfile.ha(),
    volumeAccess: 'cluster',
    access: [{ name: 'platform', role: 'platform', policy: 'cluster-admin' }],
    ...(traffic && { loadBalancer: { traffic } }),
    addOns: [ingress(), ...APPLICATIONS.map(application)],
  });
});

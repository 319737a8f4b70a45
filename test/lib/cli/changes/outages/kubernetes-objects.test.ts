import { describeOutages, IN_NO_ORDER, KUBERNETES } from '../../support/outages';
import { block, ingress, pods, type Resources } from '../../support/site';

function labelled(workload: Resources[string][string], labels: Readonly<Record<string, string>>) {
  const template = block(block(workload, 'spec'), 'template');
  block(template, 'metadata').labels = labels;
  return workload;
}

describeOutages('kubernetes objects', KUBERNETES, [
  {
    name: 'the DaemonSet behind a NodePort is deleted',
    change: (resources) => (resources.kubernetes_daemon_set_v1 = {}),
    outages: {
      'kubernetes_daemon_set_v1.traefik': 'deleted: kubernetes_service_v1.traefik sends requests to nothing else',
    },
  },
  {
    name: 'the DaemonSet behind a NodePort is replaced',
    change: ({ kubernetes_daemon_set_v1 }) =>
      (block(kubernetes_daemon_set_v1!.traefik!, 'metadata').name = 'traefik-2'),
    outages: {
      'kubernetes_daemon_set_v1.traefik':
        'replaced, deleted first: kubernetes_service_v1.traefik sends requests to nothing else',
    },
  },
  {
    name: 'the DaemonSet is renamed in Terraform: deleted while another is created',
    change: (resources) => (resources.kubernetes_daemon_set_v1 = { other: pods('ingress', 'traefik') }),
    outages: {
      'kubernetes_daemon_set_v1.traefik': 'deleted: kubernetes_service_v1.traefik sends requests to nothing else',
    },
  },
  {
    name: 'the DaemonSet is deleted, a Deployment has taken its place',
    before: (resources) => (resources.kubernetes_deployment_v1!.traefik = pods('ingress', 'traefik')),
    change: (resources) => (resources.kubernetes_daemon_set_v1 = {}),
  },
  {
    name: 'the Deployment behind an Ingress is deleted',
    change: ({ kubernetes_deployment_v1 }) => delete kubernetes_deployment_v1!.shop,
    outages: {
      'kubernetes_deployment_v1.shop': 'deleted: kubernetes_service_v1.shop sends requests to nothing else',
    },
  },
  {
    name: 'the Deployment behind an Ingress is scaled to no pod',
    change: ({ kubernetes_deployment_v1 }) => (block(kubernetes_deployment_v1!.shop!, 'spec').replicas = '0'),
    outages: {
      'kubernetes_deployment_v1.shop': 'scaled to no pod: kubernetes_service_v1.shop sends requests to nothing else',
    },
  },
  {
    name: 'a Deployment behind nothing but another one is deleted',
    change: ({ kubernetes_deployment_v1 }) => delete kubernetes_deployment_v1!.worker,
  },
  {
    name: 'a NodePort Service is deleted',
    change: ({ kubernetes_service_v1 }) => delete kubernetes_service_v1!.traefik,
    outages: { 'kubernetes_service_v1.traefik': 'deleted: its ports are closed' },
  },
  {
    name: 'the Service of an Ingress is deleted',
    change: ({ kubernetes_service_v1 }) => delete kubernetes_service_v1!.shop,
    outages: {
      'kubernetes_service_v1.shop': 'deleted while kubernetes_ingress_v1.shop sends requests to it',
    },
  },
  {
    name: 'the Service of an Ingress is deleted in the apply that names another',
    change: (resources) => {
      delete resources.kubernetes_service_v1!.shop;
      resources.kubernetes_ingress_v1!.shop = ingress('internal', 'shop.example.com', '/');
      block(resources.kubernetes_ingress_v1!.shop!, 'metadata').name = 'shop';
    },
    notes: {
      'kubernetes_service_v1.shop': `deleted while kubernetes_ingress_v1.shop changes to another Service ${IN_NO_ORDER}`,
    },
  },
  {
    name: 'a Service that nothing outside reaches is deleted',
    change: ({ kubernetes_service_v1 }) => delete kubernetes_service_v1!.internal,
  },
  {
    name: 'a Service selects other pods, which do not exist yet',
    change: (resources) => {
      block(resources.kubernetes_service_v1!.shop!, 'spec').selector = { app: 'green' };
      resources.kubernetes_deployment_v1!.green = pods('shop', 'green');
    },
    outages: { 'kubernetes_service_v1.shop': 'selects other pods, none of which exists before this apply' },
  },
  {
    name: 'a Service selects other pods, which run',
    before: (resources) => (resources.kubernetes_deployment_v1!.green = pods('shop', 'green')),
    change: (resources) => (block(resources.kubernetes_service_v1!.shop!, 'spec').selector = { app: 'green' }),
  },
  {
    name: 'an IngressClass is deleted',
    change: (resources) => (resources.kubernetes_ingress_class_v1 = {}),
    outages: {
      'kubernetes_ingress_class_v1.traefik': 'deleted: the controller no longer serves kubernetes_ingress_v1.shop',
    },
  },
  {
    name: 'an IngressClass is deleted, every Ingress has another one',
    before: (resources) => {
      resources.kubernetes_ingress_class_v1!.old = {
        metadata: [{ name: 'old' }],
        spec: [{ controller: 'traefik.io/ingress-controller' }],
      };
    },
    change: ({ kubernetes_ingress_class_v1 }) => delete kubernetes_ingress_class_v1!.old,
  },
  {
    name: 'an Ingress is deleted',
    change: (resources) => (resources.kubernetes_ingress_v1 = {}),
    outages: { 'kubernetes_ingress_v1.shop': 'deleted: no other Ingress routes shop.example.com/' },
  },
  {
    name: 'an Ingress is deleted, another one has the same host and path',
    before: (resources) => {
      resources.kubernetes_ingress_v1!.next = ingress('internal', 'shop.example.com', '/');
    },
    change: ({ kubernetes_ingress_v1 }) => delete kubernetes_ingress_v1!.shop,
  },
  {
    name: 'an Ingress is deleted while another one for its host is created',
    change: (resources) => (resources.kubernetes_ingress_v1 = { next: ingress('internal', 'shop.example.com', '/') }),
    notes: {
      'kubernetes_ingress_v1.shop': `deleted while another Ingress for shop.example.com/ is added ${IN_NO_ORDER}`,
    },
  },
  {
    name: 'an Ingress routes less',
    change: (resources) => (resources.kubernetes_ingress_v1!.shop = ingress('shop', 'shop.example.com', '/cart')),
    outages: { 'kubernetes_ingress_v1.shop': 'narrowed: no other Ingress routes shop.example.com/' },
  },
  ...['kubernetes_daemon_set_v1', 'kubernetes_deployment_v1', 'kubernetes_stateful_set_v1'].map((type) => ({
    name: `the pods behind a NodePort change labels: ${type}`,
    before: (resources: Resources) => {
      resources.kubernetes_daemon_set_v1 = {};
      const spec = type === 'kubernetes_stateful_set_v1' ? { service_name: 'traefik' } : {};
      resources[type] = { traefik: labelled(pods('ingress', 'traefik', spec), { app: 'traefik', track: 'a' }) };
      block(resources.kubernetes_service_v1!.traefik!, 'spec').selector = { track: 'a' };
    },
    change: (resources: Resources) => labelled(resources[type]!.traefik!, { app: 'traefik', track: 'b' }),
    outages: {
      [`${type}.traefik`]: 'its pods change labels: kubernetes_service_v1.traefik sends requests to nothing else',
    },
  })),
  {
    name: 'the pods behind an Ingress lose a label',
    before: (resources) => {
      labelled(resources.kubernetes_deployment_v1!.shop!, { app: 'shop', track: 'a' });
      block(resources.kubernetes_service_v1!.shop!, 'spec').selector = { app: 'shop', track: 'a' };
    },
    change: ({ kubernetes_deployment_v1 }) => labelled(kubernetes_deployment_v1!.shop!, { app: 'shop' }),
    outages: {
      'kubernetes_deployment_v1.shop':
        'its pods change labels: kubernetes_service_v1.shop sends requests to nothing else',
    },
  },
  {
    name: 'the pods behind an Ingress change labels that no Service selects',
    change: ({ kubernetes_deployment_v1 }) => labelled(kubernetes_deployment_v1!.shop!, { app: 'shop', version: '2' }),
  },
  {
    name: 'the pods behind an Ingress change labels, as the selector has to what they keep',
    before: (resources) => {
      labelled(resources.kubernetes_deployment_v1!.shop!, { app: 'shop', track: 'a' });
      block(resources.kubernetes_service_v1!.shop!, 'spec').selector = { app: 'shop', track: 'a' };
    },
    change: (resources) => {
      labelled(resources.kubernetes_deployment_v1!.shop!, { app: 'shop', track: 'b' });
      block(resources.kubernetes_service_v1!.shop!, 'spec').selector = { app: 'shop' };
    },
  },
  {
    name: 'the pods behind an Ingress change labels, others keep them',
    before: (resources) => {
      const { kubernetes_deployment_v1: deployments } = resources;
      labelled(deployments!.shop!, { app: 'shop', track: 'a' });
      deployments!.blue = labelled(pods('shop', 'blue'), { app: 'blue', track: 'a' });
      block(resources.kubernetes_service_v1!.shop!, 'spec').selector = { track: 'a' };
    },
    change: ({ kubernetes_deployment_v1 }) => labelled(kubernetes_deployment_v1!.shop!, { app: 'shop', track: 'b' }),
  },
  {
    name: 'the pods that nothing outside reaches change labels',
    before: (resources) => {
      labelled(resources.kubernetes_deployment_v1!.worker!, { app: 'worker', track: 'a' });
      block(resources.kubernetes_service_v1!.internal!, 'spec').selector = { track: 'a' };
    },
    change: ({ kubernetes_deployment_v1 }) => labelled(kubernetes_deployment_v1!.worker!, { app: 'worker' }),
  },
]);

import { clusterAutoscaler } from '../../../lib/addons/cluster-autoscaler/cluster-autoscaler';
import { dashboard } from '../../../lib/addons/dashboard/dashboard';
import { descheduler } from '../../../lib/addons/descheduler/descheduler';
import { externalDns } from '../../../lib/addons/external-dns/external-dns';
import { ingress } from '../../../lib/addons/ingress/ingress';
import { namespaces } from '../../../lib/addons/namespaces/namespaces';
import { nodeTerminationHandler } from '../../../lib/addons/node-termination-handler/node-termination-handler';
import { storage } from '../../../lib/addons/storage/storage';
import { ValidationError } from '../../../lib/core/check';
import { helmAddOn } from '../../../lib/helm';
import type { AddOn } from '../../../lib/platform/add-on';
import { install } from '../../support/platform';
import { synthStack } from '../../support/stack';

type Path = readonly (string | number)[];

const RESOURCES = { cpu: '500m', memory: '1Gi', memoryLimit: '2Gi', ephemeralStorage: '1Gi' };

interface Spoiled {
  readonly name: string;
  readonly addOn: (options: never) => AddOn;
  /** Every option. */
  readonly options: unknown;
  /** Those of the values in `WRONG` that are right for an option. */
  readonly meaningful: readonly string[];
  /** Paths of another program's configuration. */
  readonly free?: RegExp;
}

const ADD_ONS: readonly Spoiled[] = [
  {
    name: 'ingress',
    addOn: ingress,
    meaningful: [': {}', 'http: {}', 'middlewareNamespaces: []', 'readTimeoutSeconds: 1000000000'],
    options: {
      http: {
        middlewares: { compress: { compress: {} } },
        routers: { canary: { rule: 'Host(`canary.example.com`)' } },
        services: { split: { weighted: { services: [{ name: 'a@kubernetes', weight: 1 }] } } },
      },
      middlewareNamespaces: ['shop'],
      dashboard: 'port-forward',
      readTimeoutSeconds: 300,
      resources: RESOURCES,
      logLevel: 'DEBUG',
    },
    free: /^http\.\w+/,
  },
  {
    name: 'storage',
    addOn: storage,
    meaningful: [': {}'],
    options: {
      onRelease: 'delete',
      kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000',
      efs: {
        fileSystemId: 'fs-0a1b2c3d4e5f60718',
        driver: { version: 'v2.1.0-eksbuild.1', configuration: { controller: { logLevel: 2 } } },
      },
    },
    free: /^efs\.driver\.configuration/,
  },
  {
    name: 'externalDns',
    addOn: externalDns,
    meaningful: [': {}', 'deleteRecords: true'],
    options: {
      zones: [{ zoneId: 'Z2', zoneName: 'internal.example.com', visibility: 'private' }],
      sources: ['service'],
      deleteRecords: true,
      ownerId: 'shop',
      resources: RESOURCES,
    },
  },
  {
    name: 'clusterAutoscaler',
    addOn: clusterAutoscaler,
    meaningful: [': {}', 'scaleDownAfterMinutes: 1000000000'],
    options: { scaleDownAfterMinutes: 5, scaleDownBelowPercent: 70, resources: RESOURCES },
  },
  {
    name: 'nodeTerminationHandler',
    addOn: nodeTerminationHandler,
    meaningful: [': {}'],
    options: { resources: RESOURCES },
  },
  {
    name: 'descheduler',
    addOn: descheduler,
    meaningful: [': {}', 'evictionsPerNode: 1000000000'],
    options: { schedule: '0 * * * *', evictionsPerNode: 1, resources: RESOURCES },
  },
  {
    name: 'dashboard',
    addOn: dashboard,
    meaningful: [': {}', 'login.clientId: "x y"', 'login.scopes: []'],
    options: {
      host: 'dashboard.example.com',
      login: {
        kind: 'oidc',
        issuerUrl: 'https://login.example.com',
        clientId: 'headlamp',
        clientSecret: { secret: 'headlamp', key: 'client-secret' },
        scopes: ['groups'],
      },
      resources: RESOURCES,
    },
  },
  {
    name: 'namespaces',
    addOn: namespaces,
    meaningful: ['1.quota: {}', '1.containerDefaults.requests: {}', '1.containerDefaults.limits: {}', '2.quota: {}'],
    options: [
      { name: 'shop', podSecurity: 'baseline', traffic: 'allow', labels: { team: 'shop' } },
      {
        name: 'search',
        quota: { pods: '10' },
        containerDefaults: { requests: { cpu: '1' }, limits: { memory: '1Gi' } },
      },
      { name: 'batch', quota: 'none', containerDefaults: 'none' },
    ],
    free: /\.labels/,
  },
  {
    name: 'helmAddOn',
    addOn: helmAddOn,
    meaningful: [
      'requires: []',
      'ingress: []',
      'ingress.0: {}',
      'ingress.0.peers: []',
      'ingress.0.ports: []',
      'egress: []',
      'egress.0: {}',
      'egress.0.peers: []',
      'timeoutSeconds: 1000000000',
    ],
    options: {
      name: 'cert-manager',
      chart: 'cert-manager',
      repository: 'oci://quay.io/jetstack/charts',
      version: 'v1.19.2',
      namespace: 'cert-manager',
      values: { replicaCount: 2 },
      requires: [],
      ingress: [{ peers: [{ namespace: 'monitoring' }], ports: [9402] }],
      egress: [{ peers: [{ cidr: '10.0.0.0/8' }] }],
      timeoutSeconds: 900,
    },
    free: /^values/,
  },
];

const WRONG = [null, true, -1, 0.5, 1e9, '', 'x y', [], [null], {}, { x: null }];

/** The paths of all values, the outermost first. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(Object(value) as object);
  return [path, ...(typeof value === 'object' ? inner.flatMap(([key, item]) => pathsOf(item, [...path, key])) : [])];
}

function replaced(value: unknown, [key, ...rest]: Path, by: (old: unknown) => unknown): unknown {
  if (key === undefined) return by(value);
  const copy: Record<string | number, unknown> | unknown[] = Array.isArray(value)
    ? [...value]
    : { ...(value as object) };
  (copy as Record<string | number, unknown>)[key] = replaced(
    (value as Record<string | number, unknown>)[key],
    rest,
    by,
  );
  return copy;
}

/** Whether it was rejected, when the function is called or at synthesis, with a message for its user. */
function isRejected(build: () => AddOn): boolean {
  try {
    const addOn = build();
    synthStack((stack) => install(stack, addOn.name === 'dashboard' ? [ingress(), addOn] : [addOn]));
    return false;
  } catch (error) {
    if (error instanceof ValidationError) return true;
    throw error;
  }
}

describe.each([...ADD_ONS])('$name', ({ addOn, options, meaningful, free }) => {
  const paths = pathsOf(options);
  const format = (path: Path) => path.join('.');

  test('as given is accepted', () => {
    expect(isRejected(() => addOn(options as never))).toBe(false);
  });

  test('a wrong value at any path is rejected with a message, or has a meaning', () => {
    const accepted = paths.flatMap((path) =>
      WRONG.filter((wrong) => !isRejected(() => addOn(replaced(options, path, () => wrong) as never))).map(
        (wrong) => `${format(path)}: ${JSON.stringify(wrong)}`,
      ),
    );
    expect(accepted.filter((one) => !free?.test(one.slice(0, one.indexOf(':'))))).toEqual(meaningful);
  });

  test('an unknown key of any object is rejected when the function is called', () => {
    const objects = paths.filter((path) => {
      let isObject = false;
      replaced(options, path, (old) => (isObject = typeof old === 'object' && !Array.isArray(old)));
      return isObject && !free?.test(format(path));
    });
    const accepted = objects.filter((path) => {
      try {
        addOn(replaced(options, path, (old) => ({ ...(old as object), unknownKey: '1' })) as never);
        return true;
      } catch (error) {
        return !(error instanceof ValidationError);
      }
    });
    expect(accepted.map(format)).toEqual([]);
  });
});

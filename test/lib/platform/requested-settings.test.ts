import fc from 'fast-check';
import { canonicalJson } from '../../../lib/core/canonical-json';
import {
  mergeSettings,
  settingsFormProblems,
  settingsProblems,
  type RequestedSettings,
  type Requester,
} from '../../../lib/platform/requested-settings';

type EksAddOns = NonNullable<RequestedSettings['eksAddOns']>;

const asking = (...all: readonly RequestedSettings[]): readonly Requester[] =>
  all.map((settings, index) => ({ label: `add-on '${'abc'[index]}'`, settings }));
const coreDns = (coredns: EksAddOns['coredns']): RequestedSettings => ({ eksAddOns: { coredns } });
const own = (label: string, settings: RequestedSettings): Requester => ({ label, settings });

describe('merging', () => {
  test.each<{ of: string; requests: readonly RequestedSettings[]; merged: Partial<Required<RequestedSettings>> }>([
    { of: 'nothing', requests: [], merged: {} },
    {
      of: 'an add-on that requests nothing',
      requests: [{}, { eksAddOns: {}, logRotation: {}, ports: [] }],
      merged: {},
    },
    {
      of: 'different keys, at any depth',
      requests: [
        coreDns({ corefile: '.:53 {}', resources: { limits: { memory: '1Gi' } } }),
        coreDns({ resources: { limits: { cpu: '1' }, requests: { cpu: '1' } } }),
        { eksAddOns: { 'kube-proxy': { mode: 'nftables' } } },
      ],
      merged: {
        eksAddOns: {
          coredns: {
            corefile: '.:53 {}',
            resources: { limits: { memory: '1Gi', cpu: '1' }, requests: { cpu: '1' } },
          },
          'kube-proxy': { mode: 'nftables' },
        },
      },
    },
    {
      of: 'lists, as a whole',
      requests: [coreDns({ tolerations: [{ key: 'a' }, { key: 'b' }] }), coreDns({ replicaCount: 3 })],
      merged: { eksAddOns: { coredns: { tolerations: [{ key: 'a' }, { key: 'b' }], replicaCount: 3 } } },
    },
    {
      of: 'falsy values, but not undefined',
      requests: [coreDns({ a: false, b: 0, c: '', d: null, e: undefined })],
      merged: { eksAddOns: { coredns: { a: false, b: 0, c: '', d: null } } },
    },
    {
      of: 'no configuration of an EKS add-on',
      requests: [{ eksAddOns: { 'kube-proxy': {} } }, coreDns(undefined)],
      merged: {},
    },
    {
      of: 'an empty object, which is a value for the add-on',
      requests: [coreDns({ nodeSelector: {} }), coreDns({ affinity: {} }), coreDns({ affinity: { podAffinity: {} } })],
      merged: { eksAddOns: { coredns: { nodeSelector: {}, affinity: { podAffinity: {} } } } },
    },
    {
      of: 'both values of log rotation',
      requests: [{ logRotation: { containerLogMaxMib: 50 } }, { logRotation: { containerLogMaxFiles: 3 } }],
      merged: { logRotation: { containerLogMaxMib: 50, containerLogMaxFiles: 3 } },
    },
  ])('$of', ({ requests, merged }) => {
    const whole = { eksAddOns: {}, logRotation: {}, ports: [], ...merged };
    expect(mergeSettings(asking(...requests))).toStrictEqual(whole);
  });

  test('inputs are not mutated', () => {
    const requests = asking(
      coreDns({ resources: { limits: { cpu: '1' } } }),
      coreDns({ resources: { requests: {} } }),
      coreDns({ resources: { requests: { cpu: '1' } } }),
    );
    const before = canonicalJson(requests);
    mergeSettings(requests);
    expect(canonicalJson(requests)).toBe(before);
  });

  const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.constantFrom('a', 'b')));
  const { tree } = fc.letrec<{ tree: Record<string, unknown> }>((tie) => ({
    tree: fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.oneof({ depthSize: 'small' }, leaf, tie('tree')), {
      minKeys: 1,
      maxKeys: 3,
    }),
  }));
  const request: fc.Arbitrary<RequestedSettings> = fc.record(
    {
      eksAddOns: fc.record({ coredns: tree, 'kube-proxy': tree }, { requiredKeys: [] }),
      logRotation: fc.record({ containerLogMaxMib: fc.integer({ min: 1, max: 2 }) }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  );

  test('compatible requests give the same result in any order, with every requested value', () => {
    const shuffled = fc
      .array(request, { minLength: 2, maxLength: 3 })
      .map((all) => asking(...all))
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })));
    let compatible = 0;
    fc.assert(
      fc.property(shuffled, ([listed, other]) => {
        const isRefused = settingsProblems(listed).length > 0;
        expect(settingsProblems(other).length > 0).toBe(isRefused);
        if (isRefused) return;
        compatible += 1;
        const merged = mergeSettings(listed);
        expect(canonicalJson(mergeSettings(other))).toBe(canonicalJson(merged));
        for (const { settings } of listed) expect(merged).toMatchObject(settings!);
      }),
    );
    expect(compatible).toBeGreaterThan(10);
  });
});

describe('conflicts', () => {
  test.each<{ between: string; addOns: readonly RequestedSettings[]; own?: readonly Requester[]; problems: string[] }>([
    {
      between: 'two add-ons with different values',
      addOns: [coreDns({ corefile: 'one' }), coreDns({ corefile: 'two' })],
      problems: [
        'add-on \'a\' sets eksAddOns.coredns.corefile "one", but add-on \'b\' sets eksAddOns.coredns.corefile "two": use the same value, or remove one',
      ],
    },
    {
      between: 'a value and a key below it',
      addOns: [coreDns({ resources: 'default' }), coreDns({ resources: { limits: { cpu: '1' } } })],
      problems: [
        'add-on \'a\' sets eksAddOns.coredns.resources "default", but add-on \'b\' sets eksAddOns.coredns.resources.limits.cpu "1": use the same value, or remove one',
      ],
    },
    {
      between: 'a key and a list',
      addOns: [coreDns({ tolerations: { first: 'x' } }), coreDns({ tolerations: [] })],
      problems: [
        "add-on 'a' sets eksAddOns.coredns.tolerations.first \"x\", but add-on 'b' sets eksAddOns.coredns.tolerations []: use the same value, or remove one",
      ],
    },
    {
      between: 'an empty object and a single value',
      addOns: [coreDns({ affinity: {} }), coreDns({ affinity: null })],
      problems: [
        "add-on 'a' sets eksAddOns.coredns.affinity {}, but add-on 'b' sets eksAddOns.coredns.affinity null: use the same value, or remove one",
      ],
    },
    {
      between: 'lists in different order',
      addOns: [coreDns({ zones: ['a', 'b'] }), coreDns({ zones: ['b', 'a'] })],
      problems: [
        'add-on \'a\' sets eksAddOns.coredns.zones ["a","b"], but add-on \'b\' sets eksAddOns.coredns.zones ["b","a"]: use the same value, or remove one',
      ],
    },
    {
      between: 'each of three add-ons',
      addOns: [
        { logRotation: { containerLogMaxFiles: 3 } },
        { logRotation: { containerLogMaxFiles: 4 } },
        { logRotation: { containerLogMaxFiles: 4 } },
      ],
      problems: [
        "add-on 'a' sets logRotation.containerLogMaxFiles 3, but add-on 'b' sets logRotation.containerLogMaxFiles 4: use the same value, or remove one",
        "add-on 'a' sets logRotation.containerLogMaxFiles 3, but add-on 'c' sets logRotation.containerLogMaxFiles 4: use the same value, or remove one",
      ],
    },
    {
      between: "the environment's own data and an add-on",
      own: [own('the environment', coreDns({ corefile: 'own', replicaCount: 4 }))],
      addOns: [coreDns({ corefile: 'requested', autoScaling: { enabled: true } })],
      problems: [
        'the environment sets eksAddOns.coredns.corefile "own", but add-on \'a\' sets eksAddOns.coredns.corefile "requested": use the same value, or remove one',
      ],
    },
    {
      between: 'one of two node groups and an add-on',
      own: [
        own("node group 'web'", { logRotation: { containerLogMaxMib: 50 } }),
        own("node group 'batch'", { logRotation: { containerLogMaxMib: 10 } }),
      ],
      addOns: [{ logRotation: { containerLogMaxMib: 50 } }],
      problems: [
        "node group 'batch' sets logRotation.containerLogMaxMib 10, but add-on 'a' sets logRotation.containerLogMaxMib 50: use the same value, or remove one",
      ],
    },
  ])('$between', ({ addOns, own: data, problems }) => {
    expect(settingsProblems(asking(...addOns), data)).toEqual(problems);
  });

  test.each<{ of: string; addOns: readonly RequestedSettings[]; own?: readonly Requester[] }>([
    {
      of: 'equal values with different key order',
      addOns: [
        coreDns({ tolerations: [{ key: 'a', effect: 'b' }] }),
        coreDns({ tolerations: [{ effect: 'b', key: 'a' }] }),
      ],
    },
    {
      of: 'the same key in two EKS add-ons',
      addOns: [coreDns({ mode: 'a' }), { eksAddOns: { 'kube-proxy': { mode: 'b' } } }],
    },
    { of: 'a key that is a prefix of another', addOns: [coreDns({ cache: 1 }), coreDns({ cacheSize: { max: 2 } })] },
    { of: 'an undefined value', addOns: [coreDns({ cache: undefined }), coreDns({ cache: 1 })] },
    {
      of: 'an empty object and a key below it',
      addOns: [coreDns({ affinity: { x: 1 } }), coreDns({ affinity: {} })],
    },
    {
      of: 'node groups that differ, without a request of an add-on',
      own: [
        own("node group 'web'", { logRotation: { containerLogMaxMib: 50 } }),
        own("node group 'batch'", { logRotation: { containerLogMaxMib: 10 } }),
      ],
      addOns: [{ logRotation: { containerLogMaxFiles: 3 } }, {}],
    },
    {
      of: "the same value as the environment's own",
      own: [own('the environment', coreDns({ corefile: 'same' }))],
      addOns: [coreDns({ corefile: 'same' }), coreDns({ corefile: 'same' })],
    },
  ])('none: $of', ({ addOns, own: data }) => {
    expect(settingsProblems(asking(...addOns), data)).toEqual([]);
  });
});

describe('ports', () => {
  const webhook = { from: 'control-plane', port: 8200, purpose: 'Webhook of vault' } as const;
  const gossip = { from: 'nodes', port: 8301, protocol: 'udp', purpose: 'Gossip' } as const;
  const portsOf = (...ports: readonly RequestedSettings['ports'][]) =>
    mergeSettings(asking(...ports.map((listed) => ({ ports: listed })))).ports;

  test.each([
    { of: 'different ports', requested: [[webhook], [gossip]], opened: [webhook, gossip] },
    { of: 'the same port twice', requested: [[webhook, webhook], [webhook]], opened: [webhook] },
    {
      of: 'explicit and default tcp',
      requested: [[webhook], [{ ...webhook, protocol: 'tcp' as const }]],
      opened: [webhook],
    },
    {
      of: 'the same number with another protocol or origin',
      requested: [
        [gossip],
        [
          { ...gossip, protocol: 'tcp' as const },
          { ...gossip, from: 'control-plane' as const },
        ],
      ],
      opened: [gossip, { ...gossip, protocol: 'tcp' }, { ...gossip, from: 'control-plane' }],
    },
    {
      of: 'one port for two purposes: the first is used',
      requested: [[webhook], [gossip, { ...webhook, purpose: 'Webhook of boundary' }]],
      opened: [webhook, gossip],
    },
  ])('$of', ({ requested, opened }) => {
    expect(portsOf(...requested)).toEqual(opened);
  });

  test('different purposes do not conflict', () => {
    expect(settingsProblems(asking({ ports: [webhook] }, { ports: [{ ...webhook, purpose: 'x' }] }))).toEqual([]);
  });
});

describe('the form', () => {
  test.each<{ settings: unknown; problems: readonly string[] }>([
    { settings: undefined, problems: [] },
    { settings: {}, problems: [] },
    {
      settings: {
        eksAddOns: { coredns: { corefile: '.', replicas: 3, affinity: {} }, 'vpc-cni': undefined },
        logRotation: { containerLogMaxMib: 50, containerLogMaxFiles: 5 },
        ports: [{ from: 'nodes', port: 8301, protocol: 'udp', purpose: 'Gossip' }],
      },
      problems: [],
    },
    { settings: 'strict', problems: ["settings must be an object, got 'strict'"] },
    {
      settings: { eksAddOns: { 'core-dns': {} }, port: [] },
      problems: [
        "unknown property 'settings.port': did you mean 'ports'?",
        "unknown property 'settings.eksAddOns.core-dns': did you mean 'coredns'?",
      ],
    },
    {
      settings: { logRotation: { containerLogMaxMiB: 50 } },
      problems: ["unknown property 'settings.logRotation.containerLogMaxMiB': did you mean 'containerLogMaxMib'?"],
    },
    {
      settings: { logRotation: { containerLogMaxMib: 0 } },
      problems: ['settings.logRotation.containerLogMaxMib must be a whole number of at least 1, got 0'],
    },
    {
      settings: { ports: [{ from: 'pods', port: 8301, purpose: 'Gossip' }] },
      problems: ["settings.ports[0].from must be one of nodes, control-plane, got 'pods'"],
    },
    {
      settings: { ports: [{ from: 'nodes', port: 70000, purpose: 'Gossip' }] },
      problems: ['settings.ports has the port 70000: it must be a whole number from 1 to 65535'],
    },
    { settings: { eksAddOns: { coredns: 'x' } }, problems: ["settings.eksAddOns.coredns must be an object, got 'x'"] },
  ])('of $settings', ({ settings, problems }) => {
    expect(settingsFormProblems(settings as RequestedSettings).filter(Boolean)).toEqual(problems);
  });

  test('a key from data such as __proto__ is a key of the configuration, and changes no other object', () => {
    const coredns = JSON.parse('{"__proto__": {"polluted": true}}') as Record<string, unknown>;
    const { eksAddOns } = mergeSettings(asking({ eksAddOns: { coredns } }));
    expect(JSON.stringify(eksAddOns)).toBe('{"coredns":{"__proto__":{"polluted":true}}}');
    expect({}).not.toHaveProperty('polluted');
  });
});

import fc from 'fast-check';
import { canonicalJson } from '../../../lib/core/canonical-json';
import {
  mergeSettings,
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
      of: 'an add-on that asks for nothing',
      requests: [{}, { eksAddOns: {}, logRotation: {}, ports: [] }],
      merged: {},
    },
    {
      of: 'values beside each other, at any depth',
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
      of: 'what is falsy, but not what is undefined',
      requests: [coreDns({ a: false, b: 0, c: '', d: null, e: undefined })],
      merged: { eksAddOns: { coredns: { a: false, b: 0, c: '', d: null } } },
    },
    {
      of: 'no configuration of an EKS add-on',
      requests: [{ eksAddOns: { 'kube-proxy': {} } }, coreDns(undefined)],
      merged: {},
    },
    {
      of: 'an empty object, which says something to the add-on',
      requests: [coreDns({ nodeSelector: {} }), coreDns({ affinity: {} }), coreDns({ affinity: { podAffinity: {} } })],
      merged: { eksAddOns: { coredns: { nodeSelector: {}, affinity: { podAffinity: {} } } } },
    },
    {
      of: 'log rotation, by its two values',
      requests: [{ logRotation: { containerLogMaxMib: 50 } }, { logRotation: { containerLogMaxFiles: 3 } }],
      merged: { logRotation: { containerLogMaxMib: 50, containerLogMaxFiles: 3 } },
    },
  ])('$of', ({ requests, merged }) => {
    const whole = { eksAddOns: {}, logRotation: {}, ports: [], ...merged };
    expect(mergeSettings(asking(...requests))).toStrictEqual(whole);
  });

  test('what is given stays as it is', () => {
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

  test('compatible requests give the same in any order, and all that each one asked for', () => {
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
      between: 'two add-ons, over one value',
      addOns: [coreDns({ corefile: 'one' }), coreDns({ corefile: 'two' })],
      problems: [
        'add-on \'a\' sets eksAddOns.coredns.corefile "one", add-on \'b\' eksAddOns.coredns.corefile "two": make them agree, or drop one',
      ],
    },
    {
      between: 'a value and what is inside of it',
      addOns: [coreDns({ resources: 'default' }), coreDns({ resources: { limits: { cpu: '1' } } })],
      problems: [
        'add-on \'a\' sets eksAddOns.coredns.resources "default", add-on \'b\' eksAddOns.coredns.resources.limits.cpu "1": make them agree, or drop one',
      ],
    },
    {
      between: 'what is inside of a list, and the list',
      addOns: [coreDns({ tolerations: { first: 'x' } }), coreDns({ tolerations: [] })],
      problems: [
        "add-on 'a' sets eksAddOns.coredns.tolerations.first \"x\", add-on 'b' eksAddOns.coredns.tolerations []: make them agree, or drop one",
      ],
    },
    {
      between: 'an empty object and a single value',
      addOns: [coreDns({ affinity: {} }), coreDns({ affinity: null })],
      problems: [
        "add-on 'a' sets eksAddOns.coredns.affinity {}, add-on 'b' eksAddOns.coredns.affinity null: make them agree, or drop one",
      ],
    },
    {
      between: 'lists of another order',
      addOns: [coreDns({ zones: ['a', 'b'] }), coreDns({ zones: ['b', 'a'] })],
      problems: [
        'add-on \'a\' sets eksAddOns.coredns.zones ["a","b"], add-on \'b\' eksAddOns.coredns.zones ["b","a"]: make them agree, or drop one',
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
        "add-on 'a' sets logRotation.containerLogMaxFiles 3, add-on 'b' logRotation.containerLogMaxFiles 4: make them agree, or drop one",
        "add-on 'a' sets logRotation.containerLogMaxFiles 3, add-on 'c' logRotation.containerLogMaxFiles 4: make them agree, or drop one",
      ],
    },
    {
      between: "the environment's own data and an add-on",
      own: [own('the environment', coreDns({ corefile: 'own', replicaCount: 4 }))],
      addOns: [coreDns({ corefile: 'asked', autoScaling: { enabled: true } })],
      problems: [
        'the environment sets eksAddOns.coredns.corefile "own", add-on \'a\' eksAddOns.coredns.corefile "asked": make them agree, or drop one',
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
        "node group 'batch' sets logRotation.containerLogMaxMib 10, add-on 'a' logRotation.containerLogMaxMib 50: make them agree, or drop one",
      ],
    },
  ])('$between', ({ addOns, own: data, problems }) => {
    expect(settingsProblems(asking(...addOns), data)).toEqual(problems);
  });

  test.each<{ of: string; addOns: readonly RequestedSettings[]; own?: readonly Requester[] }>([
    {
      of: 'equal values, whatever the order of their keys',
      addOns: [
        coreDns({ tolerations: [{ key: 'a', effect: 'b' }] }),
        coreDns({ tolerations: [{ effect: 'b', key: 'a' }] }),
      ],
    },
    {
      of: 'one name in two EKS add-ons',
      addOns: [coreDns({ mode: 'a' }), { eksAddOns: { 'kube-proxy': { mode: 'b' } } }],
    },
    { of: 'a name that begins with another', addOns: [coreDns({ cache: 1 }), coreDns({ cacheSize: { max: 2 } })] },
    { of: 'a value that is undefined', addOns: [coreDns({ cache: undefined }), coreDns({ cache: 1 })] },
    {
      of: 'an empty object and what is inside of it',
      addOns: [coreDns({ affinity: { x: 1 } }), coreDns({ affinity: {} })],
    },
    {
      of: 'node groups that differ among themselves, where no add-on asks',
      own: [
        own("node group 'web'", { logRotation: { containerLogMaxMib: 50 } }),
        own("node group 'batch'", { logRotation: { containerLogMaxMib: 10 } }),
      ],
      addOns: [{ logRotation: { containerLogMaxFiles: 3 } }, {}],
    },
    {
      of: "the environment's own value again",
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
    { of: 'different ones', asked: [[webhook], [gossip]], opened: [webhook, gossip] },
    { of: 'the same port twice', asked: [[webhook, webhook], [webhook]], opened: [webhook] },
    {
      of: 'tcp said, and tcp by default',
      asked: [[webhook], [{ ...webhook, protocol: 'tcp' as const }]],
      opened: [webhook],
    },
    {
      of: 'one number, of another protocol or origin',
      asked: [
        [gossip],
        [
          { ...gossip, protocol: 'tcp' as const },
          { ...gossip, from: 'control-plane' as const },
        ],
      ],
      opened: [gossip, { ...gossip, protocol: 'tcp' }, { ...gossip, from: 'control-plane' }],
    },
    {
      of: 'one port for two purposes: the first stands',
      asked: [[webhook], [gossip, { ...webhook, purpose: 'Webhook of boundary' }]],
      opened: [webhook, gossip],
    },
  ])('$of', ({ asked, opened }) => {
    expect(portsOf(...asked)).toEqual(opened);
  });

  test('one for another purpose is no conflict', () => {
    expect(settingsProblems(asking({ ports: [webhook] }, { ports: [{ ...webhook, purpose: 'x' }] }))).toEqual([]);
  });
});

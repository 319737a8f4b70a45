import fc from 'fast-check';
import type { AddOn } from '../../../lib/platform/add-on';
import { addOnProblems, orderAddOns } from '../../../lib/platform/add-on-order';
import { install } from '../../support/platform';
import { refusal } from '../../support/stack';

function addOn(
  name: string,
  requires: readonly string[] = [],
  half: 'infrastructure' | 'platform' = 'platform',
): AddOn {
  return { name, requires, [half]: () => {} };
}
const found = (addOns: readonly AddOn[]) => addOnProblems(addOns).filter(Boolean);
const names = (addOns: readonly AddOn[]) => addOns.map(({ name }) => name);

test.each([
  { listed: [addOn('a'), addOn('b')], order: ['a', 'b'] },
  { listed: [addOn('a', ['b']), addOn('b')], order: ['b', 'a'] },
  { listed: [addOn('a', ['c']), addOn('b'), addOn('c', ['d']), addOn('d')], order: ['d', 'c', 'a', 'b'] },
])('required add-ons come first: $order', ({ listed, order }) => {
  expect(found(listed)).toEqual([]);
  expect(names(orderAddOns(listed))).toEqual(order);
});

test('any list without cycles is ordered, without duplicates', () => {
  const lists = fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 })
    .chain((all) =>
      fc.tuple(...all.map((name, index) => fc.subarray(all.slice(0, index)).map((needs) => addOn(name, needs)))),
    )
    .chain((list) => fc.shuffledSubarray(list, { minLength: list.length }));
  fc.assert(
    fc.property(lists, (list) => {
      expect(found(list)).toEqual([]);
      const order = names(orderAddOns(list));
      expect([...order].sort()).toEqual(names(list).sort());
      for (const { name, requires = [] } of list) {
        for (const needed of requires) expect(order.indexOf(needed)).toBeLessThan(order.indexOf(name));
      }
    }),
  );
});

test.each([
  {
    listed: [addOn('logs'), addOn('logs'), addOn('logs')],
    problems: ["addOns has 'logs' twice: list it once"],
  },
  {
    listed: [addOn('grafana', ['prometheus'])],
    problems: ["add-on 'grafana' requires 'prometheus', which is not in addOns: add it"],
  },
  {
    listed: [addOn('a', ['b']), addOn('b', ['c']), addOn('c', ['b'])],
    problems: ['addOns have a dependency cycle (b -> c -> b): remove one requirement'],
  },
  {
    listed: [addOn('a', ['a'])],
    problems: ['addOns have a dependency cycle (a -> a): remove one requirement'],
  },
  {
    listed: [addOn('ebs', ['ingress'], 'infrastructure'), addOn('ingress')],
    problems: [
      "add-on 'ebs' of the infrastructure stack requires 'ingress' of the platform stack, which is deployed later: remove the requirement",
    ],
  },
  {
    listed: [{ name: 'empty' }],
    problems: ["add-on 'empty' has neither infrastructure() nor platform(): implement one"],
  },
  {
    listed: [{ name: 'old', install: () => {} } as AddOn],
    problems: [
      "add-on 'old' has install(), which was replaced: implement platform(), or infrastructure() for AWS resources that need no cluster",
    ],
  },
  {
    listed: [{ ...addOn('logs'), outputs: { bucket: 'log_bucket' } } as AddOn],
    problems: ["add-on 'logs' has outputs, which only infrastructure() returns: implement it, or remove the outputs"],
  },
  {
    listed: [{ name: 'logs', outputs: { a: 'log_a' }, settings: { logRotation: { containerLogMaxMib: 20 } } }],
    problems: ["add-on 'logs' has outputs, which only infrastructure() returns: implement it, or remove the outputs"],
  },
  {
    listed: [{ ...addOn('logs', [], 'infrastructure'), outputs: { bucket: 'logBucket' } } as AddOn],
    problems: ["add-on 'logs' has the output 'logBucket': use lowercase words joined by '_', such as log_bucket_name"],
  },
  {
    listed: [
      { ...addOn('a', [], 'infrastructure'), outputs: { bucket: 'log_bucket' } } as AddOn,
      { ...addOn('b', [], 'infrastructure'), outputs: { bucket: 'log_bucket' } } as AddOn,
    ],
    problems: ["add-ons 'a' and 'b' have the same output 'log_bucket': rename one"],
  },
  {
    listed: [addOn('platform'), addOn('kubernetes')],
    problems: [
      "add-on 'platform' uses the id of a construct of the environment: rename it",
      "add-on 'kubernetes' uses the id of a construct of the environment: rename it",
    ],
  },
  {
    listed: [addOn('backend'), addOn('backend-of-shop')],
    problems: ["add-on 'backend' uses the id of a construct of the environment: rename it"],
  },
  {
    listed: [{ name: 'dns', settings: { eksAddOns: { coredns: { corefile: '.' } } } }],
    problems: [],
  },
  {
    listed: [{ name: 'dns', settings: { eksAddOns: { coredns: {} } } }],
    problems: ["add-on 'dns' has neither infrastructure() nor platform(): implement one"],
  },
  {
    listed: [addOn('coredns', [], 'infrastructure'), addOn('metrics-server')],
    problems: ["add-on 'coredns' uses the id of a construct of the environment: rename it"],
  },
  {
    listed: [{ ...addOn('a', [], 'infrastructure'), infrastructureId: 'b' } as AddOn, addOn('b', [], 'infrastructure')],
    problems: ["add-ons 'a' and 'b' both have the infrastructureId 'b': rename one"],
  },
])('$problems', ({ listed, problems }) => {
  expect(found(listed)).toEqual(problems);
});

test('the stack rejects an invalid list', () => {
  expect(refusal((stack) => install(stack, [addOn('grafana', ['prometheus'])]))).toBe(
    "test: add-on 'grafana' requires 'prometheus', which is not in addOns: add it",
  );
});

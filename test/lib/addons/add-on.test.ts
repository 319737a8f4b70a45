import fc from 'fast-check';
import { addOnProblems, orderAddOns, type AddOn } from '../../../lib/addons/add-on';
import { refusal } from '../../support/stack';
import { install } from '../../support/platform';

function addOn(name: string, requires: readonly string[] = [], stack: AddOn['stack'] = 'platform'): AddOn {
  return { name, requires, stack, install: () => {} };
}
const names = (addOns: readonly AddOn[]) => addOns.map(({ name }) => name);

test.each([
  { listed: [addOn('a'), addOn('b')], order: ['a', 'b'] },
  { listed: [addOn('a', ['b']), addOn('b')], order: ['b', 'a'] },
  { listed: [addOn('a', ['c']), addOn('b'), addOn('c', ['d']), addOn('d')], order: ['d', 'c', 'a', 'b'] },
])('what is required comes first: $order', ({ listed, order }) => {
  expect(addOnProblems(listed)).toEqual([]);
  expect(names(orderAddOns(listed))).toEqual(order);
});

test('any list without circles is ordered, each once', () => {
  const lists = fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 })
    .chain((all) =>
      fc.tuple(...all.map((name, index) => fc.subarray(all.slice(0, index)).map((needs) => addOn(name, needs)))),
    )
    .chain((list) => fc.shuffledSubarray(list, { minLength: list.length }));
  fc.assert(
    fc.property(lists, (list) => {
      expect(addOnProblems(list)).toEqual([]);
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
    problems: ["add-on 'grafana' requires 'prometheus', which addOns lacks: add it"],
  },
  {
    listed: [addOn('a', ['b']), addOn('b', ['c']), addOn('c', ['b'])],
    problems: ['addOns require one another in a circle: b -> c -> b: drop one requirement'],
  },
  {
    listed: [addOn('a', ['a'])],
    problems: ['addOns require one another in a circle: a -> a: drop one requirement'],
  },
  {
    listed: [addOn('ebs', ['ingress'], 'infrastructure'), addOn('ingress')],
    problems: [
      "add-on 'ebs' of the infrastructure stack requires 'ingress' of the platform stack, which is deployed later: drop the requirement",
    ],
  },
])('$problems', ({ listed, problems }) => {
  expect(addOnProblems(listed)).toEqual(problems);
});

test('the stack refuses a list that cannot be installed', () => {
  expect(refusal((stack) => install(stack, [addOn('grafana', ['prometheus'])]))).toBe(
    "test: add-on 'grafana' requires 'prometheus', which addOns lacks: add it",
  );
});

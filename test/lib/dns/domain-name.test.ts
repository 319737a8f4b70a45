import { Lazy } from 'cdktf';
import * as fc from 'fast-check';
import { covers, domainNameProblem, isWithin } from '../../../lib/dns/domain-name';

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const domain = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'));

describe('covers', () => {
  test.each([
    { names: ['example.com'], host: 'example.com', covered: true },
    { names: ['Example.com'], host: 'example.COM', covered: true },
    { names: ['example.com'], host: 'shop.example.com', covered: false },
    { names: ['*.example.com'], host: 'shop.example.com', covered: true },
    { names: ['*.example.com'], host: 'example.com', covered: false },
    { names: ['*.example.com'], host: 'eu.shop.example.com', covered: false },
    { names: ['*.example.com'], host: 'shop.anexample.com', covered: false },
    { names: ['*.example.com'], host: '*.example.com', covered: true },
    { names: ['example.org', '*.example.com'], host: 'shop.example.com', covered: true },
    { names: [], host: 'example.com', covered: false },
    { names: ['example.com'], host: Lazy.stringValue({ produce: () => 'any.example.com' }), covered: true },
  ])('$names, $host: $covered', ({ names, host, covered }) => {
    expect(covers(names, host)).toBe(covered);
  });

  test('a wildcard covers exactly one label below its domain', () => {
    fc.assert(
      fc.property(domain, fc.array(label, { maxLength: 3 }), (name, labels) => {
        expect(covers([`*.${name}`], [...labels, name].join('.'))).toBe(labels.length === 1);
      }),
    );
  });
});

test.each([
  { name: 'example.com', within: true },
  { name: 'shop.example.com', within: true },
  { name: '*.example.com', within: true },
  { name: 'anexample.com', within: false },
  { name: 'com', within: false },
])('$name within example.com: $within', ({ name, within }) => {
  expect(isWithin(name, 'example.com')).toBe(within);
});

test.each([
  { name: 'example.com', problem: false },
  { name: '*.example.com', problem: false },
  { name: '_dmarc.example.com', problem: false },
  { name: 'xn--bcher-kva.example', problem: false },
  { name: '', problem: 'name must not be empty' },
  { name: 'Example.com', problem: "name 'Example.com' has uppercase letters: use 'example.com'" },
  { name: 'Example.com.', problem: "name 'Example.com.' has uppercase letters: use 'example.com'" },
  { name: 'example.com.', problem: "name 'example.com.' ends with a dot: remove it" },
  {
    name: 'shop.*.example.com',
    problem:
      "name 'shop.*.example.com' has a wildcard that is not its entire leftmost label: use the form *.example.com",
  },
  {
    name: 'a*.example.com',
    problem: "name 'a*.example.com' has a wildcard that is not its entire leftmost label: use the form *.example.com",
  },
  {
    name: 'shop..example.com',
    problem:
      "name 'shop..example.com' has the label '', which is not valid: use 1 to 63 lower-case letters, digits and inner hyphens (punycode for other alphabets)",
  },
  {
    name: 'bücher.example',
    problem:
      "name 'bücher.example' has the label 'bücher', which is not valid: use 1 to 63 lower-case letters, digits and inner hyphens (punycode for other alphabets)",
  },
  {
    name: `${'a.'.repeat(130)}com`,
    problem: `name '${'a.'.repeat(130)}com' has 263 characters, DNS allows at most 253: shorten it`,
  },
])('validates $name', ({ name, problem }) => {
  expect(domainNameProblem('name', name)).toBe(problem);
});

import { dirname } from 'node:path';
import { PROTECTED_TYPES, protectionOf } from '../../../../lib/offline/facts/protection';
import { UNIQUE_TYPES, uniquenessOf } from '../../../../lib/offline/facts/unique';
import { ProviderPackage } from '../../../../lib/offline/schema/provider-package';

jest.setTimeout(60_000);
const aws = new ProviderPackage('aws', dirname(require.resolve('@cdktf/provider-aws/package.json')));
const argumentsOf = (type: string) => {
  const { attributes } = aws.schema('resource', type);
  return Object.keys(attributes).filter((name) => attributes[name]!.optional || attributes[name]!.required);
};

test.each(PROTECTED_TYPES)('%s has its protection as an argument', (type) => {
  const { attribute, unless, on, off } = protectionOf(type)!;
  expect(argumentsOf(type)).toEqual(expect.arrayContaining([attribute, ...(unless === undefined ? [] : [unless])]));
  expect(aws.schema('resource', type).attributes[attribute]!.type).toBe(typeof on === 'boolean' ? 'bool' : 'string');
  expect(on).not.toBe(off);
});

test.each(UNIQUE_TYPES)('%s has what identifies it as arguments', (type) => {
  expect(argumentsOf(type)).toEqual(expect.arrayContaining([...uniquenessOf(type)!.attributes]));
});

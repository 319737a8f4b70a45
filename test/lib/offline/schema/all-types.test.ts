import { dirname } from 'node:path';
import type { Derived } from '../../../../lib/offline/schema/derive';
import { ProviderPackage } from '../../../../lib/offline/schema/provider-package';
import { objectType, type Type } from '../../../../lib/offline/schema/schema';

const installed = (name: string) => dirname(require.resolve(`@cdktf/provider-${name}/package.json`));

describe.each([
  { name: 'aws', resources: 1500, untyped: ['definition', 'rule', 'statement'] },
  { name: 'kubernetes', resources: 80, untyped: ['manifest', 'object', 'objects'] },
])('every type of $name', ({ name, resources, untyped }) => {
  const provider = new ProviderPackage(name, installed(name));
  const failures: string[] = [];
  const derived = new Map<string, Derived>();
  for (const folder of provider.allFolders()) {
    try {
      const one = provider.deriveFrom(folder);
      derived.set(`${one.kind} ${one.type}`, one);
    } catch (error) {
      failures.push((error as Error).message);
    }
  }

  test('is derived', () => {
    expect(failures).toEqual([]);
    expect(derived.has(`provider ${name}`)).toBe(true);
    expect([...derived.values()].filter(({ kind }) => kind === 'resource').length).toBeGreaterThan(resources);
  });

  test('has a type for every attribute, except for the few that are untyped in the package', () => {
    expect([...new Set([...derived.values()].flatMap((one) => one.untyped))].sort()).toEqual(untyped);
  });

  test('declares every attribute as required, optional or computed', () => {
    const undeclared = [...derived.values()].flatMap(({ type, block }) =>
      Object.entries(block.attributes)
        .filter(([, { required, optional, computed }]) => !required && !optional && !computed)
        .map(([attribute]) => `${type}.${attribute}`),
    );
    expect(undeclared).toEqual([]);
  });

  test('has an object type that Terraform can parse', () => {
    const wrong = [...derived.values()].filter(({ block }) => !isType(objectType(block)));
    expect(wrong.map(({ type }) => type)).toEqual([]);
  });
});

function isType(type: Type): boolean {
  if (typeof type === 'string') return ['string', 'number', 'bool', 'dynamic'].includes(type);
  const [kind, inner] = type;
  if (kind === 'object') return Object.values(inner).every(isType);
  return kind === 'tuple' ? inner.every(isType) : ['list', 'set', 'map'].includes(kind) && isType(inner);
}

test('the schema of aws_eks_cluster', () => {
  const { attributes, blocks } = new ProviderPackage('aws', installed('aws')).schema('resource', 'aws_eks_cluster');
  expect(attributes['name']).toEqual({ type: 'string', required: true });
  expect(attributes['arn']).toEqual({ type: 'string', computed: true });
  expect(attributes['version']).toEqual({ type: 'string', optional: true, computed: true });
  expect(attributes['enabled_cluster_log_types']).toEqual({ type: ['set', 'string'], optional: true });
  expect(attributes['certificate_authority']).toEqual({
    type: ['list', ['object', { data: 'string' }]],
    computed: true,
  });
  expect(blocks['vpc_config']).toMatchObject({ nesting: 'list', minItems: 1, maxItems: 1 });
  expect(blocks['timeouts']).toMatchObject({ nesting: 'single' });
});

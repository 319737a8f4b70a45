import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformResource } from 'cdktf';
import { ADDRESSES } from '../support/addresses';

const LIB = join(__dirname, '..', '..', 'lib');

const sources = (readdirSync(LIB, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(LIB, file), 'utf8'));

const found = (pattern: RegExp) => [
  ...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map(([, one]) => one!))),
];

/** The Terraform types of a module of a provider's package; the provider itself is of none. */
function typesIn(module: string): string[] {
  const exported = Object.values(require(module) as Readonly<Record<string, unknown>>);
  return exported.flatMap((one) =>
    typeof one === 'function' && one.prototype instanceof TerraformResource
      ? [(one as unknown as { readonly tfResourceType: string }).tfResourceType]
      : [],
  );
}

const held = new Set(
  readdirSync(ADDRESSES).flatMap((file) =>
    readFileSync(join(ADDRESSES, file), 'utf8')
      .split('\n')
      .map((line) => line.split('.', 1)[0]!),
  ),
);

const imported = found(/from '(@cdktf\/provider-[a-z]+\/lib\/[\w-]+)'/g);
const written = [
  ...found(/terraformResourceType: '(\w+)'/g),
  // Pod controllers are given their type by name.
  ...found(/\b(kubernetes_\w+_v1): \w+Config/g),
];

test('the library is read', () => {
  expect(imported.length).toBeGreaterThan(50);
  expect(written).toEqual(expect.arrayContaining(['terraform_data', 'kubernetes_stateful_set_v1']));
});

test('test/addresses holds every type of resource that the library may create', () => {
  const types = [...imported.flatMap(typesIn), ...written];
  expect(types.filter((type) => !held.has(type)).sort()).toEqual([]);
});

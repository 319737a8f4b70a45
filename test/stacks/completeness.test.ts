import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformResource } from 'cdktf';
import { ADDRESSES } from '../support/addresses';

const LIB = join(__dirname, '..', '..', 'lib');

const sources = (readdirSync(LIB, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(LIB, file), 'utf8'));

const found = (pattern: RegExp) => [
  ...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map(([, match]) => match!))),
];

/** The Terraform resource types of a module of a provider package; none for the provider itself. */
function typesIn(module: string): string[] {
  const exported = Object.values(require(module) as Readonly<Record<string, unknown>>);
  return exported.flatMap((value) =>
    typeof value === 'function' && value.prototype instanceof TerraformResource
      ? [(value as unknown as { readonly tfResourceType: string }).tfResourceType]
      : [],
  );
}

const coveredTypes = new Set(
  readdirSync(ADDRESSES).flatMap((file) =>
    readFileSync(join(ADDRESSES, file), 'utf8')
      .split('\n')
      .map((line) => line.split('.', 1)[0]!),
  ),
);

const imported = found(/from '(@cdktf\/provider-[a-z]+\/lib\/[\w-]+)'/g);
const written = [
  ...found(/terraformResourceType: '(\w+)'/g),
  // Pod controllers get their resource type by name.
  ...found(/\b(kubernetes_\w+_v1): \w+Config/g),
];

test('the sources are scanned', () => {
  expect(imported.length).toBeGreaterThan(50);
  expect(written).toEqual(expect.arrayContaining(['terraform_data', 'kubernetes_stateful_set_v1']));
});

test('test/addresses covers every resource type that the library can create', () => {
  const types = [...imported.flatMap(typesIn), ...written];
  expect(types.filter((type) => !coveredTypes.has(type)).sort()).toEqual([]);
});

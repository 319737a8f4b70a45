import { withoutProvisioners } from '../../../../lib/offline/isolation/provisioners';
import type { TerraformJson } from '../../../../lib/offline/terraform-json';

const EXEC = { command: 'true' };

test.each<{ form: string; provisioner: unknown; types: string[] }>([
  { form: 'an array, as cdktf writes it', provisioner: [{ 'local-exec': EXEC }], types: ['local-exec'] },
  { form: 'several', provisioner: [{ 'local-exec': EXEC }, { file: {} }], types: ['local-exec', 'file'] },
  { form: 'a map', provisioner: { 'remote-exec': EXEC }, types: ['remote-exec'] },
  { form: 'a map of arrays', provisioner: { 'local-exec': [EXEC, EXEC] }, types: ['local-exec', 'local-exec'] },
  { form: 'an array in one of its items', provisioner: [{ 'local-exec': [EXEC] }], types: ['local-exec'] },
  { form: 'of destruction', provisioner: { 'local-exec': { ...EXEC, when: 'destroy' } }, types: ['local-exec'] },
  { form: 'of a type that is not built in', provisioner: [{ chef: {} }], types: ['chef'] },
])('provisioners: $form', ({ provisioner, types }) => {
  const { json, skipped } = withoutProvisioners({
    resource: { aws_instance: { a: { ami: 'x', provisioner, connection: { host: 'h' } } } },
  });
  expect(json).toEqual({ resource: { aws_instance: { a: { ami: 'x' } } } });
  expect(skipped).toEqual([{ address: 'aws_instance.a', types }]);
});

test.each<[string, unknown]>([
  ['of types', [{ aws_instance: { a: { provisioner: [{ file: {} }] } } }]],
  ['of names', { aws_instance: [{ a: { provisioner: [{ file: {} }] } }] }],
  ['of bodies', { aws_instance: { a: [{ provisioner: [{ file: {} }] }] } }],
])('an array %s is searched', (_, resource) => {
  const { json, skipped } = withoutProvisioners({ resource } as TerraformJson);
  expect(JSON.stringify(json)).not.toContain('provisioner');
  expect(skipped).toEqual([{ address: 'aws_instance.a', types: ['file'] }]);
});

test('removed blocks have provisioners as well', () => {
  const removed = [{ from: 'aws_instance.a', lifecycle: { destroy: true }, provisioner: [{ 'local-exec': EXEC }] }];
  expect(withoutProvisioners({ removed })).toEqual({
    json: { removed: [{ from: 'aws_instance.a', lifecycle: { destroy: true } }] },
    skipped: [{ address: 'aws_instance.a', types: ['local-exec'] }],
  });
});

test('what a provisioner refers to becomes a dependency', () => {
  const { json } = withoutProvisioners({
    resource: {
      aws_vpc: { main: {}, other: {}, escaped: {} },
      aws_instance: {
        a: {
          depends_on: ['aws_vpc.other'],
          provisioner: [{ 'local-exec': { command: 'x ${aws_vpc.main.id} aws_vpc.escaped $${aws_vpc.escaped.id}' } }],
          connection: { host: '${self.public_ip}', user: '${data.aws_region.here["a"].name}' },
        },
      },
    },
    data: { aws_region: { here: {} } },
  });
  expect(json.resource?.['aws_instance']?.['a']).toEqual({
    depends_on: ['aws_vpc.other', 'aws_vpc.main', 'data.aws_region.here'],
  });
});

test('a configuration without provisioners stays as it is', () => {
  const json = { resource: { aws_vpc: { main: { '//': { metadata: { path: 'a/b' } }, cidr_block: 'x' } } } };
  expect(withoutProvisioners(json)).toEqual({ json, skipped: [] });
});

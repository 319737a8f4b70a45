import { isolatedFile } from '../../../../lib/offline/isolation/configuration-file';

const RESOURCE = `resource "terraform_data" "a" {
  input = 1
  connection {
    host = "h"
  }
  provisioner "local-exec" {
    command = "echo }"
  }
  lifecycle {
    ignore_changes = [input]
  }
}
`;

test('native syntax: provisioners and connections are blanked, and lines keep their numbers', () => {
  const { text, skipped, line } = isolatedFile('a.tf', RESOURCE);
  expect(text.split('\n').map((one) => one.trimEnd())).toEqual([
    'resource "terraform_data" "a" {',
    '  input = 1',
    '',
    '',
    '',
    '',
    '',
    '',
    '  lifecycle {',
    '    ignore_changes = [input]',
    '  }',
    '}',
    '',
  ]);
  expect([skipped, line]).toEqual([[{ address: 'terraform_data.a', types: ['local-exec'] }], 3]);
});

test.each(['costs $$$5', '100%%% sure', '$$$', '$$$$$5 and %%%%'])('native syntax: %s is text', (input) => {
  const { text, skipped, problems } = isolatedFile(
    'a.tf',
    RESOURCE.replace('input = 1', () => `input = "${input}"`),
  );
  expect(text).toContain(`input = "${input}"`);
  expect(text).not.toContain('provisioner');
  expect([skipped, problems]).toEqual([[{ address: 'terraform_data.a', types: ['local-exec'] }], []]);
});

test('native syntax: removed blocks, and settings of the real state', () => {
  const { text, skipped } = isolatedFile(
    'a.tofu',
    'removed {\n  from = aws_vpc.a\n  provisioner "local-exec" {\n  }\n}\n' +
      'terraform {\n  backend "s3" {\n  }\n  cloud {\n  }\n  encryption {\n  }\n  required_version = "> 1"\n}\n',
  );
  expect(text.replace(/\s+/g, ' ')).toBe('removed { from = aws_vpc.a } terraform { required_version = "> 1" } ');
  expect(skipped).toEqual([{ address: 'aws_vpc.a', types: ['local-exec'] }]);
});

test('JSON syntax: the same', () => {
  const { text, skipped } = isolatedFile(
    'a.tf.json',
    JSON.stringify({
      terraform: [{ backend: { s3: {} }, required_version: '> 1' }],
      resource: [{ terraform_data: [{ a: [{ input: 1, provisioner: { file: {} } }] }] }],
    }),
  );
  expect(JSON.parse(text)).toEqual([
    { terraform: [{ required_version: '> 1' }], resource: [{ terraform_data: [{ a: [{ input: 1 }] }] }] },
  ]);
  expect(skipped).toEqual([{ address: 'terraform_data.a', types: ['file'] }]);
});

test('JSON syntax: a property that is repeated is dropped, not left', () => {
  const { text } = isolatedFile('a.tf.json', '{ "resource": { "a": { "b": { "provisioner": {} } } }, "resource": {} }');
  expect(text).not.toContain('provisioner');
});

test.each<[string, string, string, number]>([
  ['a state outside the run', 'a.tf', 'locals {}\n\ndata "terraform_remote_state" "x" {\n}\n', 3],
  ['a state outside the run', 'a.tf.json', '{\n"data": { "terraform_remote_state": {\n"x": {} } } }', 3],
  ['a file that cannot be read', 'a.tf', 'resource "a" "b" {\n  provisioner "c" {\n', 2],
  ['a file that cannot be read', 'a.tf.json', '{ "resource": { "a": { "b": { "provisioner": {}', 1],
])('%s is a problem (%s)', (_, name, text, line) => {
  expect(isolatedFile(name, text).problems).toEqual([{ line, problem: expect.any(String) }]);
});

test('a file that cannot be read, and cannot run anything, is left to Terraform', () => {
  expect(isolatedFile('a.tf', 'resource "a" {')).toMatchObject({ text: 'resource "a" {', problems: [] });
});

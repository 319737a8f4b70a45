import { hclBlocks, HclError, lineAt, type HclBlock } from '../../../../lib/offline/isolation/hcl';

const named = ({ type, labels }: HclBlock): string => [type, ...labels].join(' ');
/** `resource a b { provisioner c { } }`. */
const outline = (blocks: readonly HclBlock[]): string =>
  blocks.map((block) => `${named(block)} {${outline(block.blocks)}}`).join(' ');

test.each<[string, string, string]>([
  ['nested blocks', 'resource "a" "b" {\n  x = 1\n  provisioner "c" {\n  }\n}\n', 'resource a b {provisioner c {}}'],
  ['labels without quotes', 'resource a b {\n provisioner c {\n}\n}', 'resource a b {provisioner c {}}'],
  ['a block on one line', 'a { x = { y = 1 } }\nb {}', 'a {} b {}'],
  ['a comment before a block', '# provisioner "x" {\n// y {\n/* z {\n} */ a {}', 'a {}'],
  ['a comment in a header', 'a /* { */ "b" /* } */ {\n}', 'a b {}'],
  ['braces in strings', 'a {\n x = "}"\n y = "\\"}"\n}\nb {}', 'a {} b {}'],
  ['blocks in strings', 'a {\n x = "provisioner \\"b\\" {"\n}', 'a {}'],
  ['an interpolation with quotes and braces', 'a {\n x = "${f({ y = "}" })}"\n}\nb {}', 'a {} b {}'],
  ['an escaped interpolation', 'a {\n x = "$${"\n y = "%%{"\n}\nb {}', 'a {} b {}'],
  ['a directive', 'a {\n x = "%{ if true }}%{ endif }"\n}\nb {}', 'a {} b {}'],
  ['a heredoc', 'a {\n x = <<EOT\n}\nprovisioner "y" {\nEOT\n}\nb {}', 'a {} b {}'],
  ['an indented heredoc', 'a {\n x = <<-EOT\n  "\n    EOT\n}\nb {}', 'a {} b {}'],
  ['a heredoc with an interpolation', 'a {\n x = <<EOT\n${f("\n}")}\nEOT\n}'.replace('"\n}"', '"}"'), 'a {}'],
  [
    'a marker within an interpolation',
    'a {\n x = <<EOT\n${\nEOT\n}\nEOT\n provisioner "b" {\n}\n}',
    'a {provisioner b {}}',
  ],
  ['a heredoc as an argument', 'a {\n x = f(<<EOT\n}\nEOT\n  , 1)\n}\nb {}', 'a {} b {}'],
  ['an expression over several lines', 'a {\n x = [\n  { y = 1 },\n # }\n ]\n b {\n}\n}', 'a {b {}}'],
  ['an attribute named like a block', 'a {\n provisioner = { b = 1 }\n}', 'a {}'],
  ['line ends of Windows', 'a {\r\n x = <<EOT\r\n}\r\nEOT\r\n b {\r\n }\r\n}\r\n', 'a {b {}}'],
])('%s', (_, text, expected) => {
  expect(outline(hclBlocks(text))).toBe(expected);
});

test('a block has its place in the text, and the names of its attributes', () => {
  const text = 'a {\n  x = 1\n  b {\n    y = "z"\n  }\n}\n';
  const [a] = hclBlocks(text);
  const [b] = a!.blocks;
  expect(text.slice(b!.start, b!.end)).toBe('b {\n    y = "z"\n  }');
  expect([a!.attributes, b!.attributes, lineAt(text, b!.start)]).toEqual([['x'], ['y'], 3]);
});

test.each<[string, string, number]>([
  ['a block that is not closed', 'a {\n', 1],
  ['a string that is not closed', 'a {\n x = "y\n}', 2],
  ['a heredoc that is not closed', 'a {\n x = <<EOT\n}', 3],
  ['a bracket too many', 'a {\n x = (1))\n}', 2],
  ['a mark whose meaning is ambiguous', 'a {\n x = "$$${y}"\n}', 2],
  ['a directive whose meaning is ambiguous', 'a {\n x = "%%%{y}"\n}', 2],
  ['neither an attribute nor a block', 'a {\n x\n}', 2],
])('%s is an error', (_, text, line) => {
  let error: unknown;
  try {
    hclBlocks(text);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(HclError);
  expect(lineAt(text, (error as HclError).offset)).toBe(line);
});

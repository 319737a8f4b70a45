import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LIB = join(__dirname, '..', '..', 'lib');
/** Code without constructs of users. */
const TOOLS = /^(offline|cli|testing|report)\//;

/**
 * Resources that users place directly in a stack are theirs, with Terraform's own expressions: their text is not literal. It
 * compares its props with their shape by `check`, an environment's stacks by `environmentData` and `dataOf`.
 */
const STACKS = new Set(['core/aws-stack.ts']);

interface Class {
  readonly file: string;
  readonly name: string;
  readonly base: string;
  /** Whether the base class is one of a provider's resources. */
  readonly extendsResource: boolean;
  readonly isChecked: boolean;
}

/** Elements belong to the construct that creates them: their text is literal if that construct's is. */
const ROOTS = new Set(['Construct', 'TerraformStack']);

const classes = readdirSync(LIB, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !TOOLS.test(file))
  .sort()
  .flatMap((file) => classesOf(file, readFileSync(join(LIB, file), 'utf8')));

function classesOf(file: string, source: string): readonly Class[] {
  const providers = new Set(
    [...source.matchAll(/^import \{([^}]+)\} from '@cdktf\/provider-/gm)].flatMap(([, names]) =>
      names!.split(',').map((name) => name.trim().replace(/^.* as /, '')),
    ),
  );
  return [...source.matchAll(/^(?:export )?(?:abstract )?class (\w+) extends (\w+)[^]*?^}$/gm)].map(
    ([body, name, base]) => ({
      file,
      name: name!,
      base: base!,
      extendsResource: providers.has(base!),
      isChecked: /\b(checkProps\(\s*this,[^,)]+,|literalText\(this\)|dataOf\(|environmentData\()/.test(body),
    }),
  );
}

/** The class itself, and those that it extends, of the same file or else of another one. */
function ancestry(one: Class): readonly Class[] {
  const candidates = classes.filter(({ name }) => name === one.base);
  const base = candidates.find(({ file }) => file === one.file) ?? candidates[0];
  return base ? [one, ...ancestry(base)] : [one];
}

const constructs = classes.filter((one) =>
  ancestry(one).some(({ base, extendsResource }) => ROOTS.has(base) || extendsResource),
);
const unchecked = constructs.filter((one) => !ancestry(one).some(({ isChecked }) => isChecked));
const filesOf = (some: readonly Class[]) => [...new Set(some.map(({ file }) => file))];

test('every construct checks its props against their shape, or makes text in its resources literal', () => {
  expect(constructs.length).toBeGreaterThan(50);
  const missing = unchecked.filter(({ file }) => !STACKS.has(file));
  expect(missing.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
});

test('the files that are exempt have such constructs', () => {
  const files = filesOf(unchecked);
  expect([...STACKS].filter((file) => !files.includes(file))).toEqual([]);
});

test.each<{ of: string; source: string; unchecked: boolean }>([
  { of: 'neither', source: 'class A extends Construct {\n  constructor() {\n    super();\n  }\n}', unchecked: true },
  { of: 'a shape', source: 'export class A extends Construct {\n    checkProps(this, props, A);\n}', unchecked: false },
  { of: 'literal text', source: 'class A extends Construct {\n    literalText(this);\n}', unchecked: false },
  { of: 'a check of its own', source: 'class A extends Construct {\n    checkProps(this, props);\n}', unchecked: true },
  { of: 'data', source: 'class A extends AwsStack {\n    const props = dataOf(id, given, A);\n}', unchecked: false },
  { of: 'another construct', source: 'class A extends Construct {\n    literalText(this.role);\n}', unchecked: true },
])('$of is recognized', ({ source, unchecked: expected }) => {
  const [one] = classesOf('a.ts', source);
  expect(one).toMatchObject({ name: 'A', isChecked: !expected });
});

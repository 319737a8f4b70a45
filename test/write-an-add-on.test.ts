import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '..');
const GUIDE = readFileSync(join(ROOT, 'docs', 'guides', 'write-an-add-on.md'), 'utf8');
/** Files of prose, without code blocks in the guide. */
const PROSE = ['CHANGELOG.md', 'README.md'];

/** Files in the guide's table. */
const listed = [...GUIDE.matchAll(/^\| `([^`|]+\.(?:ts|snap|md|txt))`\s*\|/gm)].map(([, file]) => file!);

/** The guide's code blocks that start with the path of a file. */
const blocks = [...GUIDE.matchAll(/^```ts\n\/\/ ((?:lib|test)\/\S+?\.ts)(?:, in (\w+))?\n([^]*?)^```$/gm)].map(
  ([, file, constant, text]) => ({ file: file!, constant, text: text! }),
);
/** Files that the block is a part of; others are as the block says. */
const EXISTING = new Set(['lib/index.ts', 'test/fixtures/every-option/add-ons.ts']);

/** A copy of the repository with the guide's add-on. */
class Copy {
  readonly directory = mkdtempSync(join(tmpdir(), 'quayside-add-on-'));

  constructor() {
    for (const entry of readdirSync(ROOT)) {
      if (!/^(node_modules|dist|cdktf\.out|\.git|\..*-test-.*|.*\.tfstate.*)$/.test(entry)) {
        cpSync(join(ROOT, entry), join(this.directory, entry), { recursive: true });
      }
    }
    symlinkSync(join(ROOT, 'node_modules'), join(this.directory, 'node_modules'));
  }

  apply(): void {
    for (const { file, constant, text } of blocks) {
      const path = join(this.directory, file);
      mkdirSync(dirname(path), { recursive: true });
      if (constant !== undefined) {
        const start = new RegExp(`^export const ${constant} = .*\\n`, 'm');
        writeFileSync(
          path,
          readFileSync(path, 'utf8').replace(start, (line) => line + text),
        );
      } else writeFileSync(path, EXISTING.has(file) ? text + readFileSync(path, 'utf8') : text);
    }
  }

  run(program: string, ...args: readonly string[]): string {
    const { FORCE_COLOR: _, CI: __, ...env } = process.env;
    return execFileSync(join('node_modules', '.bin', program), args, {
      cwd: this.directory,
      env: { ...env, UPDATE_ADDRESSES: '1' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Files that differ from the repository. */
  changes(): readonly string[] {
    return filesOf(this.directory).filter((file) => read(join(this.directory, file)) !== read(join(ROOT, file)));
  }
}

function filesOf(root: string, folder = root): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) return [];
    return entry.isDirectory() ? filesOf(root, path) : [relative(root, path)];
  });
}

function matchesGlob(file: string, glob: string): boolean {
  const [start = '', end] = glob.split('*');
  return end === undefined ? file === glob : file.startsWith(start) && file.endsWith(end);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

test("the guide's add-on is complete, and changes only the listed files", () => {
  const copy = new Copy();
  try {
    copy.apply();
    copy.run('tsc', '--noEmit', '-p', 'tsconfig.json');
    copy.run('depcruise', '--config', '.dependency-cruiser.cjs', 'lib', 'test/lib/addons');
    copy.run(
      'jest',
      '-u',
      'test/lib/index',
      'test/lib/addons/echo',
      'test/lib/(public-types|versions)',
      'test/stacks/compl',
      'test/stacks/every-option',
    );
    const changed = copy.changes();
    const expected = listed.filter((file) => !PROSE.includes(file));
    expect(changed.filter((file) => !expected.some((one) => matchesGlob(file, one)))).toEqual([]);
    expect(expected.filter((one) => !changed.some((file) => matchesGlob(file, one)))).toEqual([]);
    expect(PROSE.every((file) => listed.includes(file))).toBe(true);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${(error as Error).message}\n${stdout}${stderr}`, { cause: error });
  } finally {
    rmSync(copy.directory, { recursive: true, force: true });
  }
});

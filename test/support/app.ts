import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SynthesizedStack } from '../../lib/testing/synthesized-stack';

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly name: string; readonly synthesizedStackPath: string }>>;
}

/** Runs an app's main file as `node main.js` would, and reads the stacks that it wrote. */
export function runMain(load: () => unknown): ReadonlyMap<string, SynthesizedStack> {
  const outdir = mkdtempSync(join(tmpdir(), 'quayside-main-'));
  const before = process.env['CDKTF_OUTDIR'];
  process.env['CDKTF_OUTDIR'] = outdir;
  const argv = process.argv;
  process.argv = argv.slice(0, 2);
  const errors = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    jest.isolateModules(load);
    const manifestFile = join(outdir, 'manifest.json');
    if (!existsSync(manifestFile)) throw new Error(errors.mock.calls.map(([text]) => String(text)).join(''));
    const { stacks } = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest;
    return new Map(
      Object.values(stacks).map(({ name, synthesizedStackPath }) => [
        name,
        new SynthesizedStack(name, JSON.parse(readFileSync(join(outdir, synthesizedStackPath), 'utf8'))),
      ]),
    );
  } finally {
    errors.mockRestore();
    process.exitCode = undefined;
    process.argv = argv;
    if (before === undefined) delete process.env['CDKTF_OUTDIR'];
    else process.env['CDKTF_OUTDIR'] = before;
    rmSync(outdir, { recursive: true, force: true });
  }
}

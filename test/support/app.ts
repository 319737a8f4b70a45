import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthApp, type SynthesizedStack } from '../../lib/testing/synthesized-stack';

/** Runs an app's main file like `node main.js`, and reads the stacks that it synthesizes. */
export function runMain(load: () => unknown): ReadonlyMap<string, SynthesizedStack> {
  const outdir = mkdtempSync(join(tmpdir(), 'quayside-main-'));
  try {
    writeMain(load, outdir);
    return synthApp(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Runs an app's main file like `node main.js`, and synthesizes its stacks to a directory. */
export function writeMain(load: () => unknown, outdir: string): void {
  const before = process.env['CDKTF_OUTDIR'];
  process.env['CDKTF_OUTDIR'] = outdir;
  const argv = process.argv;
  process.argv = argv.slice(0, 2);
  const errors = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    jest.isolateModules(load);
    if (existsSync(join(outdir, 'manifest.json'))) return;
    throw new Error(errors.mock.calls.map(([text]) => String(text)).join(''));
  } finally {
    errors.mockRestore();
    process.exitCode = undefined;
    process.argv = argv;
    if (before === undefined) delete process.env['CDKTF_OUTDIR'];
    else process.env['CDKTF_OUTDIR'] = before;
  }
}

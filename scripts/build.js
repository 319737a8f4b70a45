'use strict';
// Compiles lib, stacks and examples to dist; with --types also emits the package's declarations.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
/** Records the source state of each compiled file, next to the output. */
const STAMPS = '.stamps.json';
/** Further inputs of the output. */
const COMPILER = ['scripts/build.js', 'scripts/swc-options.js', 'node_modules/@swc/core/package.json'];
const SPECIFIER = /\bfrom '([^']+)'/g;

function* sources(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      // What an example wrote when it was run.
      if (entry.name !== 'cdktf.out') yield* sources(file);
    } else if (/((?<!\.d|\.test)\.ts|\.json)$/.test(entry.name)) yield file;
  }
}

/** Every import is deferred to its first use: importing one construct does not load another. */
function compile(text, filename) {
  // Loaded only if there is something to compile.
  const { transformSync } = require('@swc/core');
  const { swcOptions } = require('./swc-options');
  const specifiers = [...text.matchAll(SPECIFIER)].map((match) => match[1]);
  return transformSync(text, { ...swcOptions(specifiers), filename }).code;
}

/** Replaces a folder by renaming, so that a concurrent process never sees a partial build. */
function swap(fresh, out) {
  const old = `${out}-old-${process.pid}`;
  if (fs.existsSync(out)) fs.renameSync(out, old);
  fs.renameSync(fresh, out);
  fs.rmSync(old, { recursive: true, force: true });
}

/** Changes with every copy, checkout or edit of a file. */
function stamp(file) {
  const { mtimeMs, ctimeMs, size } = fs.statSync(file);
  return `${mtimeMs} ${ctimeMs} ${size}`;
}

function readStamps(out) {
  try {
    return JSON.parse(fs.readFileSync(path.join(out, STAMPS), 'utf8'));
  } catch {
    return {};
  }
}

/** Compiles what has changed since the last build to `out`, and removes output without a source. */
function build(out, folders = ['lib', 'stacks', 'examples', 'prove']) {
  const files = folders.flatMap((folder) => [...sources(path.join(ROOT, folder))]);
  const compiler = COMPILER.map((file) => stamp(path.join(ROOT, file))).join();
  const before = readStamps(out);
  const stamps = Object.fromEntries(files.map((file) => [path.relative(ROOT, file), `${stamp(file)} ${compiler}`]));
  if (JSON.stringify(before) === JSON.stringify(stamps)) return;
  const fresh = `${out}-new-${process.pid}`;
  for (const [source, now] of Object.entries(stamps)) {
    const compiled = source.replace(/\.ts$/, '.js');
    const target = path.join(fresh, compiled);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    const file = path.join(ROOT, source);
    if (source.endsWith('.json')) fs.copyFileSync(file, target);
    else if (before[source] === now && fs.existsSync(path.join(out, compiled))) {
      fs.copyFileSync(path.join(out, compiled), target);
    } else {
      fs.writeFileSync(target, compile(fs.readFileSync(file, 'utf8'), file));
    }
  }
  fs.writeFileSync(path.join(fresh, STAMPS), JSON.stringify(stamps));
  swap(fresh, out);
}

module.exports = { build };

if (require.main === module) {
  build(path.join(ROOT, 'dist'));
  if (process.argv.includes('--types')) {
    execFileSync(path.join(ROOT, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.build.json'], {
      cwd: ROOT,
      stdio: 'inherit',
    });
  }
}

'use strict';
// Compiles lib, stacks and examples into dist. With --types the package's declarations are written too.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { transformSync } = require('@swc/core');
const { swcOptions } = require('./swc-options');

const ROOT = path.resolve(__dirname, '..');
const SPECIFIER = /\bfrom '([^']+)'/g;

function* sources(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(file);
    else if (/(?<!\.d|\.test)\.ts$/.test(entry.name)) yield file;
  }
}

/** Every import is deferred to its first use: importing one construct does not load another. */
function compile(text, filename) {
  const specifiers = [...text.matchAll(SPECIFIER)].map((match) => match[1]);
  return transformSync(text, { ...swcOptions(specifiers), filename }).code;
}

/** Puts a folder in another's place at once: whoever runs the old files meanwhile does not find half of the new. */
function swap(fresh, out) {
  const old = `${out}-old-${process.pid}`;
  if (fs.existsSync(out)) fs.renameSync(out, old);
  fs.renameSync(fresh, out);
  fs.rmSync(old, { recursive: true, force: true });
}

function build(out, folders = ['lib', 'stacks', 'examples']) {
  const fresh = `${out}-new-${process.pid}`;
  for (const folder of folders) {
    for (const file of sources(path.join(ROOT, folder))) {
      const target = path.join(fresh, path.relative(ROOT, file).replace(/\.ts$/, '.js'));
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, compile(fs.readFileSync(file, 'utf8'), file));
    }
  }
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

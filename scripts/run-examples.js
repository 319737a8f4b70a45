'use strict';
// Synthesizes every example to examples/<name>/cdktf.out.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
for (const name of fs.readdirSync(path.join(ROOT, 'examples')).sort()) {
  const folder = path.join(ROOT, 'examples', name);
  const { status } = spawnSync(process.execPath, [path.join(ROOT, 'dist', 'examples', name, 'main.js')], {
    cwd: folder,
    stdio: 'inherit',
  });
  if (status !== 0) {
    process.stderr.write(`example ${name} failed\n`);
    process.exitCode = 1;
  }
}

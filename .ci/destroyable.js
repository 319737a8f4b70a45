'use strict';
// Copies a cdktf.out without prevent_destroy, as in an apply that turns deletion protection off: node destroyable.js OUT COPY
const fs = require('node:fs');
const path = require('node:path');

const [out, copy] = process.argv.slice(2);
fs.cpSync(out, copy, { recursive: true });
for (const file of fs.readdirSync(copy, { recursive: true }).filter((name) => name.endsWith('cdk.tf.json'))) {
  const stack = JSON.parse(fs.readFileSync(path.join(copy, file), 'utf8'));
  for (const byId of Object.values(stack.resource ?? {})) {
    for (const { lifecycle } of Object.values(byId)) if (lifecycle) delete lifecycle.prevent_destroy;
  }
  fs.writeFileSync(path.join(copy, file), JSON.stringify(stack, null, 2));
}

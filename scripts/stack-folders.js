'use strict';
const fs = require('node:fs');
const path = require('node:path');

/** The folders with a cdk.tf.json: all stacks of a `cdktf.out`, otherwise the folder itself. */
function stackFolders(folder) {
  const stacks = path.join(folder, 'stacks');
  if (!fs.existsSync(stacks)) return [folder];
  return fs.readdirSync(stacks).map((name) => path.join(stacks, name));
}

module.exports = { stackFolders };

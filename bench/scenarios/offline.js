'use strict';
// Plans or rehearses synthesized stacks: the arguments are `plan` or `rehearse`, a `cdktf.out`, and stack names.
const { offlinePlan, offlineRehearsal } = require('../../dist/lib/offline');

const [what, stacksDir, ...stacks] = process.argv.slice(2);
const run = what === 'plan' ? offlinePlan : offlineRehearsal;
run({ stacksDir, packagesFrom: [__dirname], ...(stacks.length > 0 && { stacks }) }).then((result) => {
  if (!result.ok) throw new Error(JSON.stringify(result, null, 1).slice(0, 2000));
});

'use strict';
// Runs checkov on synthesized stacks and compares its findings with the stacks' acknowledgements.
// Usage: node scripts/checkov.js FOLDER... (each holds cdk.tf.json, or stacks/<name>/cdk.tf.json)
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { stackFolders } = require('./stack-folders');

const CHECKOV = process.env.CHECKOV ?? 'checkov';

/** A copy of a stack without `moved` blocks, which checkov cannot parse in JSON: it would scan nothing of the stack. */
function withoutMoves(folder) {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-checkov-'));
  const { moved: _, ...stack } = JSON.parse(fs.readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8'));
  fs.writeFileSync(path.join(copy, 'cdk.tf.json'), JSON.stringify(stack, null, 1));
  return copy;
}

function failedChecks(folder) {
  const copy = withoutMoves(folder);
  const output = execFileSync(
    CHECKOV,
    ['--framework', 'terraform_json', '--directory', copy, '--output', 'json', '--quiet', '--compact', '--soft-fail'],
    { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  fs.rmSync(copy, { recursive: true });
  const report = JSON.parse(output);
  if (report.passed === 0 && report.failed === 0 && !report.results) return [];
  if (report.summary.parsing_errors > 0) throw new Error(`checkov could not parse ${folder}`);
  return report.results.failed_checks;
}

/** checkov omits the type of some resources; the id is unique, since it contains a hash of the path. */
const keyOf = (address, check) => `${address.split('.').at(-1)} ${check}`;

/** Acknowledgements by resource and check. */
function acknowledged(folder) {
  const { resource = {} } = JSON.parse(fs.readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8'));
  const entries = Object.entries(resource).flatMap(([type, byId]) =>
    Object.entries(byId).flatMap(([id, attributes]) =>
      (attributes['//']?.acknowledged ?? []).map(({ code, reason }) => [keyOf(`${type}.${id}`, code), reason]),
    ),
  );
  return new Map(entries.filter(([key]) => / CKV2?_/.test(key)));
}

let failures = 0;
for (const folder of process.argv.slice(2).flatMap(stackFolders)) {
  const reasons = acknowledged(folder);
  const found = failedChecks(folder).map((check) => ({ ...check, key: keyOf(check.resource, check.check_id) }));
  const unexplained = found.filter(({ key }) => !reasons.has(key));
  for (const { check_id: id, check_name: name, resource } of unexplained)
    console.log(`${folder}: ${id} ${resource}: ${name}`);
  const keys = new Set(found.map(({ key }) => key));
  const stale = [...reasons.keys()].filter((key) => !keys.has(key));
  failures += unexplained.length;
  // Not a failure: a construct does not always know whether its context resolves a finding.
  console.log(
    `${folder}: ${unexplained.length} unexplained, ${found.length - unexplained.length} acknowledged` +
      (stale.length > 0 ? `, acknowledged but not found: ${stale.join(', ')}` : ''),
  );
}
process.exitCode = failures > 0 ? 1 : 0;

'use strict';
// Runs kube-score on the Kubernetes objects of synthesized stacks and compares its critical findings with the stacks'
// acknowledgements. Usage: node scripts/kube-score.js FOLDER... (each holds cdk.tf.json, or stacks/<name>/cdk.tf.json)
// KUBE_SCORE is the kube-score executable (1.20); KUBE_MANIFESTS a command that prints a cdk.tf.json's objects as YAML.
const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { stackFolders } = require('./stack-folders');

const KUBE_SCORE = process.env.KUBE_SCORE ?? 'kube-score';
const [MANIFESTS, ...MANIFESTS_ARGS] = (process.env.KUBE_MANIFESTS ?? '').split(' ');
if (!MANIFESTS)
  throw new Error('KUBE_MANIFESTS is required: set it to a command that prints the objects of a cdk.tf.json');
const CRITICAL = 1;

/** Exceptions for all objects, by check id; those for a single object are acknowledged on its resource. */
const ACKNOWLEDGED = {
  'container-image-pull-policy': 'image tags are immutable, and cached images do not depend on the registry',
};
/** CPU limits throttle containers even if the node is idle; memory limits are checked. */
const FLAGS = ['--ignore-container-cpu-limit', '--kubernetes-version', 'v1.34', '--output-format', 'json'];
const CODE = 'kube-score/';

function scores(file) {
  const manifests = execFileSync(MANIFESTS, [...MANIFESTS_ARGS, file], { encoding: 'utf8', maxBuffer: 1 << 28 });
  // It exits with 1 if anything is critical.
  const { stdout, error } = spawnSync(KUBE_SCORE, ['score', ...FLAGS, '-'], {
    input: manifests,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  return JSON.parse(stdout);
}

/** `kubernetes_cron_job_v1` is a CronJob, regardless of the API version. */
const kindOf = (type) =>
  type
    .replace(/^kubernetes_/, '')
    .replace(/_v\d+$/, '')
    .replaceAll('_', '');

/** Reasons by object and check. */
function acknowledged(resource) {
  const entries = Object.entries(resource).flatMap(([type, byId]) =>
    Object.values(byId).flatMap((attributes) =>
      (attributes['//']?.acknowledged ?? [])
        .filter(({ code }) => code.startsWith(CODE))
        .map(({ code, reason }) => [`${kindOf(type)} ${attributes.metadata.name} ${code.slice(CODE.length)}`, reason]),
    ),
  );
  return new Map(entries);
}

let failures = 0;
for (const folder of process.argv.slice(2).flatMap(stackFolders)) {
  const file = path.join(folder, 'cdk.tf.json');
  const { resource = {} } = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (!Object.keys(resource).some((type) => type.startsWith('kubernetes_'))) continue;
  const reasons = acknowledged(resource);
  const critical = scores(file).flatMap(({ type_meta: { kind }, object_meta: { name, namespace }, checks }) =>
    checks
      .filter(({ grade, skipped }) => grade === CRITICAL && !skipped)
      .map(({ check: { id }, comments }) => ({ kind, name, namespace, id, comments: comments ?? [] })),
  );
  const keyOf = ({ kind, name, id }) => `${kind.toLowerCase()} ${name} ${id}`;
  const unexplained = critical.filter((finding) => !(finding.id in ACKNOWLEDGED) && !reasons.has(keyOf(finding)));
  for (const { kind, name, namespace, id, comments } of unexplained) {
    const details = comments.map(({ path: where, summary }) => (where ? `${where}: ${summary}` : summary)).join('; ');
    console.log(`${folder}: ${id} ${kind} ${namespace}/${name}: ${details}`);
  }
  const found = new Set(critical.map(keyOf));
  const stale = [...reasons.keys()].filter((key) => !found.has(key));
  failures += unexplained.length;
  // Not a failure: a construct does not always know whether its context resolves a finding.
  console.log(
    `${folder}: ${unexplained.length} critical and unexplained, ${critical.length - unexplained.length} acknowledged` +
      (stale.length > 0 ? `, acknowledged but not found: ${stale.join(', ')}` : ''),
  );
}
process.exitCode = failures > 0 ? 1 : 0;

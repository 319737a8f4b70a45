'use strict';
// Runs kube-score over the Kubernetes objects of synthesized stacks and compares what it finds critical with what the stacks
// acknowledge. Usage: node scripts/kube-score.js FOLDER... (each holds cdk.tf.json, or stacks/<name>/cdk.tf.json)
// KUBE_SCORE is kube-score (1.20); KUBE_MANIFESTS a command that prints a cdk.tf.json's objects as YAML.
const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { stackFolders } = require('./stack-folders');

const KUBE_SCORE = process.env.KUBE_SCORE ?? 'kube-score';
const [MANIFESTS, ...MANIFESTS_ARGS] = (process.env.KUBE_MANIFESTS ?? '').split(' ');
if (!MANIFESTS) throw new Error('KUBE_MANIFESTS is not set: give the command that prints the objects of a cdk.tf.json');
const CRITICAL = 1;

/** What holds for every object of the library, by the check's id; what holds for one is acknowledged on its resource. */
const ACKNOWLEDGED = {
  'container-image-pull-policy': 'an image never changes under its tag, and a node has it without its registry',
};
/** A limit of CPU slows a program down beside an idle processor; a limit of memory is checked. */
const FLAGS = ['--ignore-container-cpu-limit', '--kubernetes-version', 'v1.34', '--output-format', 'json'];
const CODE = 'kube-score/';

function scores(file) {
  const manifests = execFileSync(MANIFESTS, [...MANIFESTS_ARGS, file], { encoding: 'utf8', maxBuffer: 1 << 28 });
  // It ends with 1 where anything is critical.
  const { stdout, error } = spawnSync(KUBE_SCORE, ['score', ...FLAGS, '-'], {
    input: manifests,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  return JSON.parse(stdout);
}

/** `kubernetes_cron_job_v1` is a CronJob, whatever the version of its API. */
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
    const said = comments.map(({ path: where, summary }) => (where ? `${where}: ${summary}` : summary)).join('; ');
    console.log(`${folder}: ${id} ${kind} ${namespace}/${name}: ${said}`);
  }
  const found = new Set(critical.map(keyOf));
  const stale = [...reasons.keys()].filter((key) => !found.has(key));
  failures += unexplained.length;
  // A construct cannot always tell what its surroundings mend, so an acknowledgement without a finding is no failure.
  console.log(
    `${folder}: ${unexplained.length} critical and unexplained, ${critical.length - unexplained.length} acknowledged` +
      (stale.length > 0 ? `, acknowledged but not found: ${stale.join(', ')}` : ''),
  );
}
process.exitCode = failures > 0 ? 1 : 0;

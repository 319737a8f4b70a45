'use strict';
// Whole-process time and memory of synthesizing, as medians of several runs. Every round runs each scenario once, so
// that changes in load affect all of them. `--write` updates the table in the README.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const REFERENCE = "require('cdktf')";
const README = path.join(__dirname, '..', 'README.md');
const [BEGIN, END] = ['<!-- bench -->', '<!-- /bench -->'];

const scenario = (name, file, ...args) => ({ name, file: path.join(__dirname, 'scenarios', file), args });
const SCENARIOS = [
  scenario('node', 'node.js'),
  scenario(REFERENCE, 'require-cdktf.js'),
  scenario('empty cdktf app', 'empty-app.js'),
  scenario('production', 'environments.js', '1'),
  scenario('10 environments', 'environments.js', '10'),
  scenario('100 environments', 'environments.js', '100'),
  scenario("production's infrastructure, barrel imports", 'barrel.js'),
];

/** Synthesizes production once, for the scenario that recreates its resources. */
function productionJson(folder) {
  const { status, stderr } = spawnSync(process.execPath, [path.join(__dirname, 'scenarios', 'environments.js'), '1'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return path.join(folder, 'cdktf.out', 'stacks', 'production-infrastructure', 'cdk.tf.json');
}

const reference = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-bench-'));
process.on('exit', () => fs.rmSync(reference, { recursive: true, force: true }));
const ENVIRONMENT = { ...process.env, PRODUCTION_JSON: productionJson(reference) };

function runOnce({ file, args }) {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-bench-'));
  try {
    const start = process.hrtime.bigint();
    const { status, stderr, output } = spawnSync(
      process.execPath,
      ['--require', path.join(__dirname, 'report-memory.js'), file, ...args],
      { cwd: outdir, stdio: ['ignore', 'ignore', 'pipe', 'pipe'], encoding: 'utf8', env: ENVIRONMENT },
    );
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    if (status !== 0) throw new Error(`${file} failed:\n${stderr}`);
    return { seconds, megabytes: JSON.parse(output[3]).maxRssKib / 1024, resources: countResources(outdir) };
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

function countResources(outdir) {
  const stacks = path.join(outdir, 'cdktf.out', 'stacks');
  if (!fs.existsSync(stacks)) return 0;
  const counts = fs.readdirSync(stacks).map((name) => {
    const { resource = {} } = JSON.parse(fs.readFileSync(path.join(stacks, name, 'cdk.tf.json'), 'utf8'));
    return Object.values(resource).reduce((sum, byId) => sum + Object.keys(byId).length, 0);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

const runs = new Map(SCENARIOS.map(({ name }) => [name, []]));
for (let round = 0; round < ROUNDS; round += 1) {
  for (const one of SCENARIOS) runs.get(one.name).push(runOnce(one));
}

const results = SCENARIOS.map(({ name }) => ({
  name,
  resources: runs.get(name)[0].resources,
  seconds: median(runs.get(name).map((run) => run.seconds)),
  megabytes: median(runs.get(name).map((run) => run.megabytes)),
}));
const of = (name) => results.find((result) => result.name === name);
const unit = of(REFERENCE).seconds;

const table = [
  "| What | resources | seconds | times `require('cdktf')` | MB |",
  '|---|---:|---:|---:|---:|',
  ...results.map(
    ({ name, resources, seconds, megabytes }) =>
      `| ${name} | ${resources || ''} | ${seconds.toFixed(2)} | ${(seconds / unit).toFixed(1)} | ${Math.round(megabytes)} |`,
  ),
];
const marginal = (from, to, count) => ((of(to).seconds - of(from).seconds) / count) * 1000;
const [early, late] = [
  marginal('production', '10 environments', 9),
  marginal('10 environments', '100 environments', 90),
];
const text = [
  ...table,
  '',
  `One more environment costs ${early.toFixed(0)} ms up to ten and ${late.toFixed(0)} ms up to a hundred. ` +
    `Medians of ${ROUNDS} runs, whole processes, Node ${process.versions.node}, ${os.cpus().length} cores.`,
].join('\n');
console.log(text);

if (process.argv.includes('--write')) {
  const readme = fs.readFileSync(README, 'utf8');
  const [before, after] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  fs.writeFileSync(README, `${readme.slice(0, before + BEGIN.length)}\n\n${text}\n\n${readme.slice(after)}`);
}

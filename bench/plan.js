'use strict';
// Whole-process time and memory of the offline plan and the rehearsal: production, and 100, 1000 and 5000 resources.
// Medians of several runs; memory is the peak of Node and of any single Terraform process.
// `--write` updates the table in the guide.
const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
/** From this number of resources on, measured once. */
const LARGE = 1000;
const GUIDE = path.join(__dirname, '..', 'docs', 'guides', 'test-kit.md');
const [BEGIN, END] = ['<!-- bench -->', '<!-- /bench -->'];
const SAMPLED_MS = 50;

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-bench-'));
process.on('exit', () => fs.rmSync(work, { recursive: true, force: true }));
const scenario = (file) => path.join(__dirname, 'scenarios', file);

function synthesize(name, file, argument) {
  const cwd = path.join(work, name);
  fs.mkdirSync(cwd);
  const { status, stderr } = spawnSync(process.execPath, [scenario(file), argument], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return path.join(cwd, 'cdktf.out');
}

function countResources(out, stack) {
  const { resource = {} } = JSON.parse(fs.readFileSync(path.join(out, 'stacks', stack, 'cdk.tf.json'), 'utf8'));
  return Object.values(resource).reduce((sum, byId) => sum + Object.keys(byId).length, 0);
}

/** The peak memory of a process so far, in MiB; 0 if the system does not report it. */
function peak(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function children(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  } catch {
    return [];
  }
}

function runOnce(args) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(process.execPath, [scenario('offline.js'), ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const memory = { node: 0, terraform: 0 };
    const timer = setInterval(() => {
      memory.node = Math.max(memory.node, peak(child.pid));
      memory.terraform = Math.max(memory.terraform, ...children(child.pid).map(peak));
    }, SAMPLED_MS);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code !== 0) reject(new Error(`${args.join(' ')} failed`));
      else resolve({ seconds: Number(process.hrtime.bigint() - start) / 1e9, ...memory });
    });
  });
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function measure(what, { name, out, stack }) {
  const resources = countResources(out, stack);
  const rounds = resources >= LARGE ? 1 : ROUNDS;
  const runs = [];
  for (let round = 0; round < rounds; round += 1) runs.push(await runOnce([what, out, stack]));
  const [seconds, node, terraform] = ['seconds', 'node', 'terraform'].map((key) => median(runs.map((run) => run[key])));
  return `| ${what} ${name} | ${resources} | ${seconds.toFixed(1)} | ${Math.round(node)} | ${Math.round(terraform)} |`;
}

async function main() {
  const many = (count) => ({
    name: `${count} resources`,
    out: synthesize(String(count), 'many-resources.js', String(count)),
    stack: 'many',
  });
  const production = synthesize('production', 'environments.js', '1');
  const subjects = [
    { name: 'production', out: production, stack: 'production-infrastructure' },
    ...(process.env.BENCH_RESOURCES ?? '100,1000,5000').split(',').map((count) => many(Number(count))),
  ];
  const rows = [];
  for (const subject of subjects) {
    for (const what of ['plan', 'rehearse']) {
      rows.push(await measure(what, subject));
      process.stderr.write(`${rows.at(-1)}\n`);
    }
  }
  const text = [
    '| What | resources | seconds | MB Node | MB Terraform |',
    '|---|---:|---:|---:|---:|',
    ...rows,
    '',
    `Medians of ${ROUNDS} runs (one run from ${LARGE} resources on), whole processes, Node ${process.versions.node}, ` +
      `${os.cpus().length} cores. A rehearsal plans, applies, plans again and destroys.`,
  ].join('\n');
  console.log(text);
  if (process.argv.includes('--write')) write(text);
}

function write(text) {
  const guide = fs.readFileSync(GUIDE, 'utf8');
  const [before, after] = [guide.indexOf(BEGIN), guide.indexOf(END)];
  fs.writeFileSync(GUIDE, `${guide.slice(0, before + BEGIN.length)}\n\n${text}\n\n${guide.slice(after)}`);
}

main();

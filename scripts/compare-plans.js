'use strict';
// Compares our plans with those of an independent implementation, another stand-in for the providers under the same
// Terraform: addresses, actions, what is known and what is not.
// Usage: node scripts/compare-plans.js REFEREE OUT... (REFEREE OUT --plan-only --out DIR writes DIR/<stack>.plan.json)
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { offlinePlan } = require('../dist/lib/offline');

const ROOT = path.join(__dirname, '..');
const SHOWN = 20;

function refereesPlans(referee, out) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-compare-'));
  try {
    execFileSync(referee, [out, '--plan-only', '--out', directory, '--packages', ROOT], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const plans = fs.readdirSync(directory).filter((file) => file.endsWith('.plan.json'));
    return new Map(
      plans.map((file) => [
        path.basename(file, '.plan.json'),
        JSON.parse(fs.readFileSync(path.join(directory, file), 'utf8')),
      ]),
    );
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

/** What a plan says, as `<address> <attribute>` and its value; what is unknown says so, and null is not said. */
function facts(plan) {
  const found = new Map();
  const note = (where, value, unknown) => {
    if (unknown === true) found.set(where, '(unknown)');
    else if (isObject(value) || isObject(unknown)) {
      for (const key of new Set([...Object.keys(value ?? {}), ...Object.keys(unknown || {})])) {
        note(`${where}.${key}`, value?.[key], unknown?.[key]);
      }
    } else if (value !== null && value !== undefined) found.set(where, JSON.stringify(value));
  };
  for (const { address, change } of plan.resource_changes ?? []) {
    found.set(address, change.actions.join('/'));
    note(`${address} `, change.after, change.after_unknown);
  }
  for (const [name, change] of Object.entries(plan.output_changes ?? {})) {
    found.set(`output.${name}`, change.actions.join('/'));
    note(`output.${name} `, change.after, change.after_unknown);
  }
  return found;
}

function isObject(value) {
  return value !== null && typeof value === 'object';
}

/**
 * Where the two disagree, besides what they may: defaults that no schema tells, of which each has a list of its own
 * (ours may know more of them, for arguments that the stack leaves out), and made-up ids in the states of other stacks.
 */
function differences(ours, referees, stack) {
  const [one, other] = [facts(ours), facts(referees)];
  const readsStates = stack.data?.terraform_remote_state !== undefined;
  const same = (a, b) => a === b || (readsStates && a !== undefined && b !== undefined && masked(a) === masked(b));
  const differing = [...new Set([...one.keys(), ...other.keys()])].filter((key) => !same(one.get(key), other.get(key)));
  const isDefault = (key) => !other.has(key) && one.get(key) !== '(unknown)' && isLeftOut(key, stack);
  return {
    defaults: differing.filter(isDefault).length,
    found: differing
      .filter((key) => !isDefault(key))
      .sort()
      .map((key) => `${key}: ours ${one.get(key) ?? '(nothing)'}, referee ${other.get(key) ?? '(nothing)'}`),
  };
}

function masked(value) {
  return value.replace(/\b[A-Z0-9]{12,}\b|\b[0-9a-f]{8,}\b/g, '(id)');
}

function isLeftOut(fact, { resource = {} }) {
  const [, type, id, name] = /^([a-z0-9_]+)\.([\w-]+)(?:\[[^\]]*\])? \.(\w+)$/.exec(fact) ?? [];
  return name !== undefined && resource[type]?.[id] !== undefined && !(name in resource[type][id]);
}

async function compare(referee, out) {
  const { stacks } = await offlinePlan({ stacksDir: out, packagesFrom: [ROOT] });
  const referees = refereesPlans(referee, out);
  let failures = 0;
  for (const name of new Set([...stacks.map((stack) => stack.name), ...referees.keys()])) {
    const ours = stacks.find((stack) => stack.name === name);
    const stack = JSON.parse(fs.readFileSync(path.join(out, 'stacks', name, 'cdk.tf.json'), 'utf8'));
    const { defaults, found } =
      ours?.plan && referees.has(name)
        ? differences(ours.plan, referees.get(name), stack)
        : { defaults: 0, found: ['planned by one of both only'] };
    failures += found.length;
    const known = defaults > 0 ? `; ${defaults} defaults that only ours knows` : '';
    console.log(`${name}: ${ours?.resources.length ?? 0} resources, ${found.length} differences${known}`);
    for (const line of found.slice(0, SHOWN)) console.log(`  ${line}`);
    if (found.length > SHOWN) console.log(`  and ${found.length - SHOWN} more`);
  }
  return failures;
}

async function main([referee, ...outs]) {
  let failures = 0;
  for (const out of outs) failures += await compare(path.resolve(referee), out);
  process.exitCode = failures > 0 ? 1 : 0;
}

main(process.argv.slice(2));

'use strict';
// Compares quayside's offline plans with those of a reference, an independent mock of the providers under the same
// Terraform: addresses, actions, known and unknown values.
// Usage: node scripts/compare-plans.js REFERENCE OUT...
// (REFERENCE OUT --plan-only --out DIR writes DIR/<stack>.plan.json)
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { offlinePlan } = require('../dist/lib/offline');

const ROOT = path.join(__dirname, '..');
const MAX_LINES = 20;

function referencePlansOf(reference, out) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-compare-'));
  try {
    execFileSync(reference, [out, '--plan-only', '--out', directory, '--packages', ROOT], {
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

/** A plan's values by `<address> <attribute>`; unknown ones are marked, and null is omitted. */
function facts(plan) {
  const found = new Map();
  const record = (where, value, unknown) => {
    if (unknown === true) found.set(where, '(unknown)');
    else if (isObject(value) || isObject(unknown)) {
      for (const key of new Set([...Object.keys(value ?? {}), ...Object.keys(unknown || {})])) {
        record(`${where}.${key}`, value?.[key], unknown?.[key]);
      }
    } else if (value !== null && value !== undefined) found.set(where, JSON.stringify(value));
  };
  for (const { address, change } of plan.resource_changes ?? []) {
    found.set(address, change.actions.join('/'));
    record(`${address} `, change.after, change.after_unknown);
  }
  for (const [name, change] of Object.entries(plan.output_changes ?? {})) {
    found.set(`output.${name}`, change.actions.join('/'));
    record(`output.${name} `, change.after, change.after_unknown);
  }
  return found;
}

function isObject(value) {
  return value !== null && typeof value === 'object';
}

/**
 * Differences, except for expected ones: defaults that are not in the provider schema, which each side lists on its own
 * (quayside may know more of them, for arguments that the stack omits), and synthetic ids in the state of other stacks.
 */
function differences(plan, referencePlan, stack) {
  const [actual, expected] = [facts(plan), facts(referencePlan)];
  const readsStates = stack.data?.terraform_remote_state !== undefined;
  const same = (a, b) => a === b || (readsStates && a !== undefined && b !== undefined && masked(a) === masked(b));
  const differing = [...new Set([...actual.keys(), ...expected.keys()])].filter(
    (key) => !same(actual.get(key), expected.get(key)),
  );
  const isDefault = (key) => !expected.has(key) && actual.get(key) !== '(unknown)' && isOmitted(key, stack);
  return {
    defaults: differing.filter(isDefault).length,
    found: differing
      .filter((key) => !isDefault(key))
      .sort()
      .map((key) => `${key}: quayside ${actual.get(key) ?? '(none)'}, reference ${expected.get(key) ?? '(none)'}`),
  };
}

function masked(value) {
  return value.replace(/\b[A-Z0-9]{12,}\b|\b[0-9a-f]{8,}\b/g, '(id)');
}

function isOmitted(fact, { resource = {} }) {
  const [, type, id, name] = /^([a-z0-9_]+)\.([\w-]+)(?:\[[^\]]*\])? \.(\w+)$/.exec(fact) ?? [];
  return name !== undefined && resource[type]?.[id] !== undefined && !(name in resource[type][id]);
}

async function compare(reference, out) {
  const { stacks } = await offlinePlan({ stacksDir: out, packagesFrom: [ROOT] });
  const referencePlans = referencePlansOf(reference, out);
  let failures = 0;
  for (const name of new Set([...stacks.map((stack) => stack.name), ...referencePlans.keys()])) {
    const offline = stacks.find((stack) => stack.name === name);
    const stack = JSON.parse(fs.readFileSync(path.join(out, 'stacks', name, 'cdk.tf.json'), 'utf8'));
    const { defaults, found } =
      offline?.plan && referencePlans.has(name)
        ? differences(offline.plan, referencePlans.get(name), stack)
        : { defaults: 0, found: ['planned by only one of them'] };
    failures += found.length;
    const known = defaults > 0 ? `; ${defaults} defaults known only to quayside` : '';
    console.log(`${name}: ${offline?.resources.length ?? 0} resources, ${found.length} differences${known}`);
    for (const line of found.slice(0, MAX_LINES)) console.log(`  ${line}`);
    if (found.length > MAX_LINES) console.log(`  and ${found.length - MAX_LINES} more`);
  }
  return failures;
}

async function main([reference, ...outs]) {
  let failures = 0;
  for (const out of outs) failures += await compare(path.resolve(reference), out);
  process.exitCode = failures > 0 ? 1 : 0;
}

main(process.argv.slice(2));

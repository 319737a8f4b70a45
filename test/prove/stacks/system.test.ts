import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { argumentsOf } from '../../../prove/stacks/kubernetes-objects';
import { readSystem, type System } from '../../../prove/stacks/system';
import { SCENARIOS } from '../../../prove/scenarios/scenarios';

const ROOT = join(__dirname, '..', '..', '..');
const directory = mkdtempSync(join(tmpdir(), 'prove-test-'));
let system: System;

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.js')]);
  execFileSync(process.execPath, [join(ROOT, 'dist', 'prove', 'app', 'main.js')], { cwd: directory });
  system = readSystem(join(directory, 'cdktf.out'));
});
afterAll(() => rmSync(directory, { recursive: true }));

test('the app under proof is read from its synthesized stacks', () => {
  expect(system.loadBalancer).toMatchObject({
    idleSeconds: 60,
    subnets: ['10.90.0.0/24', '10.90.1.0/24', '10.90.2.0/24'],
    targetGroups: [
      {
        port: 30080,
        deregistrationDelaySeconds: 20,
        healthCheck: { port: 30081, path: '/ping', matcher: [200], intervalSeconds: 5, timeoutSeconds: 2 },
      },
    ],
    forwardTo: system.loadBalancer.targetGroups[0]!.name,
  });
  expect(system.nodes.map(({ zone }) => zone)).toEqual(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
  expect(system.domain).toBe('proving.example.com');
});

test.each(SCENARIOS.flatMap(({ name, controls }) => controls.map((control) => ({ scenario: name, control }))))(
  '$scenario: the control $control.name differs from what is proven',
  ({ control }) => {
    const changed = control.change?.(system) ?? system;
    expect(control.event !== undefined || JSON.stringify(changed) !== JSON.stringify(system)).toBe(true);
  },
);

test('a control changes one setting and keeps every other argument', () => {
  const { controls } = SCENARIOS.find(({ name }) => name === 'scale-in')!;
  const argumentsIn = ({ objects }: System) => {
    const { spec } = objects.find(({ kind }) => kind === 'DaemonSet') as never as {
      spec: { template: { spec: { containers: [{ args: string[] }] } } };
    };
    return argumentsOf(spec.template.spec.containers[0]);
  };
  const { 'entrypoints.web.transport.lifecycle.requestacceptgracetimeout': removed, ...kept } = argumentsIn(system);
  expect(removed).toBe('35s');
  expect(argumentsIn(controls[0]!.change!(system))).toEqual(kept);
});

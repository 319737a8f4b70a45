import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ground, HTTP_PORT } from './ground/ground';
import { run as runCommand } from './ground/processes';
import type { Binaries } from './ground/requirements';
import { Client } from './load/client';
import { LoadGenerator } from './load/generator';
import type { RunResult, TimedEvent } from './result';
import { SCENARIOS } from './scenarios/scenarios';
import { readSystem } from './stacks/system';

/** What `main` gives to the process that runs one scenario in namespaces of its own. */
export interface RunOrder {
  readonly scenario: string;
  readonly control?: string;
  /** `cdktf.out` by variant of the app. */
  readonly stacks: Readonly<Record<string, string>>;
  readonly directory: string;
  readonly binaries: Binaries;
  readonly result: string;
  readonly requestsPerSecond: number;
}

const MIN_REQUESTS = 5000;
const BEFORE_MS = 3000;
const AFTER_MS = 3000;

/** A control has shown what it must before its event is over. */
const CONTROL_FAILURES = 20;

async function enoughFailures({ outcomes }: LoadGenerator): Promise<void> {
  while (outcomes.filter(({ failure }) => failure !== undefined).length < CONTROL_FAILURES) await sleep(200);
}

async function runScenario(order: RunOrder): Promise<RunResult> {
  const scenario = SCENARIOS.find(({ name }) => name === order.scenario)!;
  const control = scenario.controls.find(({ name }) => name === order.control);
  const systems = Object.fromEntries(
    Object.entries(order.stacks).map(([variant, directory]) => {
      const given = readSystem(directory);
      return [variant, control?.change?.(given) ?? given];
    }),
  );
  const system = systems['base']!;
  const events: TimedEvent[] = [];
  let clock = () => 0;
  const event = (text: string) => {
    events.push({ at: clock(), text });
    if (process.env['PROVE_VERBOSE']) process.stderr.write(`${Math.round(clock())} ${text}\n`);
  };
  const ground = await Ground.create(system, order.binaries, order.directory, event);
  const host = `${scenario.application}.${system.domain}`;
  const client = new Client({ addresses: ground.balancer.addresses, port: HTTP_PORT, host });
  await scenario.prepare?.(ground);
  const generator = new LoadGenerator(client, order.requestsPerSecond, scenario.kinds);
  clock = () => generator.now;
  events.length = 0;
  const partial = {
    scenario: scenario.name,
    title: scenario.title,
    ...(control && { control: control.name }),
    traefik: (await runCommand(order.binaries.traefik, ['version'])).match(/Version:\s+(\S+)/)?.[1] ?? '?',
  };
  generator.start();
  await sleep(BEFORE_MS);
  const begin = generator.now;
  const tolerated = scenario.tolerated && {
    node: scenario.tolerated.node(ground),
    seconds: scenario.tolerated.seconds(system),
    reason: scenario.tolerated.reason,
  };
  let error: string | undefined;
  const happened = (control?.event ?? scenario.event)(ground, systems).catch(
    (reason: Error) => (error = reason.message),
  );
  await (control ? Promise.race([happened, enoughFailures(generator)]) : happened);
  const end = generator.now;
  if (!control) {
    await sleep(AFTER_MS);
    while (generator.sent < MIN_REQUESTS) await sleep(100);
  }
  const lag = await generator.stop();
  client.close();
  ground.stop();
  return {
    ...partial,
    outcomes: generator.outcomes,
    events,
    begin,
    end,
    lag,
    ...(tolerated && { tolerated }),
    ...(error !== undefined && { error }),
  };
}

async function main(file: string): Promise<void> {
  const order = JSON.parse(readFileSync(file, 'utf8')) as RunOrder;
  const result = await runScenario(order);
  writeFileSync(order.result, JSON.stringify(result));
  process.exit(0);
}

main(process.argv[2]!).catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});

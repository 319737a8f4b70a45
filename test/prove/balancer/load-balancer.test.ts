import { LoadBalancer } from '../../../prove/balancer/load-balancer';
import { TARGET } from '../../../prove/balancer/load-balancer-node';
import { Backend, cleanUp, GROUP, HEALTH_CHECK, LOOPBACK, send } from './fixtures';

let balancer: LoadBalancer | undefined;

afterEach(() => {
  balancer?.close();
  cleanUp();
});

const BLUE = { ...GROUP, name: 'blue', deregistrationDelaySeconds: 0.01 };
const GREEN = { ...BLUE, name: 'green' };
const SETTINGS = {
  idleSeconds: 60,
  subnets: ['127.0.1.0/24', '127.0.2.0/24'],
  targetGroups: [BLUE],
  forwardTo: 'blue',
};

async function start() {
  const clients = new Set<string | undefined>();
  const backend = await Backend.start(({ socket }, response) => {
    clients.add(socket.remoteAddress);
    response.end('ok');
  });
  const changes: string[] = [];
  balancer = new LoadBalancer(
    SETTINGS,
    () => ({ address: LOOPBACK, port: backend.port }),
    (node, group, state) => changes.push(`${node} in ${group} ${state}`),
  );
  await balancer.listen(0);
  return { changes, clients, balancer };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, HEALTH_CHECK.intervalSeconds * 1000));

test('it has a node in each of its subnets, each of which checks targets for itself', async () => {
  const { changes, clients, balancer } = await start();
  expect(balancer.addresses).toEqual(['127.0.1.20', '127.0.2.20']);
  balancer.register('a');
  expect(balancer.states('a')).toEqual(['initial', 'initial']);
  while (balancer.states('a').some((state) => state !== 'healthy')) await turn();
  expect(changes).toEqual(['a in blue healthy', 'a in blue healthy']);
  for (const { address, port } of balancer.nodes) {
    expect((await send(port, '/', {}, address)).headers[TARGET]).toBe('a');
  }
  // Targets see its own addresses, in their health checks too.
  expect(clients).toEqual(new Set(balancer.addresses));
});

test('deregistration ends when it is over for every node', async () => {
  const { balancer } = await start();
  balancer.register('a');
  const deregistered = balancer.deregister('a');
  expect(balancer.states('a')).toEqual(['draining', 'draining']);
  await deregistered;
  expect(balancer.states('a')).toEqual([undefined, undefined]);
});

/** The instances of an Auto Scaling group are registered after its target group is attached, which is after the rule. */
test('an update switches the rule, registers in the added group, and drains the removed one', async () => {
  const { balancer } = await start();
  balancer.register('a');
  const updated = balancer.update({ ...SETTINGS, targetGroups: [GREEN], forwardTo: 'green' }, ['a'], 0.01);
  const [{ address, port }] = balancer.nodes as [(typeof balancer.nodes)[0]];
  expect([balancer.states('a', 'blue'), balancer.states('a')]).toEqual([
    ['initial', 'initial'],
    [undefined, undefined],
  ]);
  await updated;
  expect(balancer.states('a', 'blue')).toEqual([undefined, undefined]);
  expect(balancer.states('a')).not.toContain(undefined);
  expect((await send(port, '/', {}, address)).status).toBe(200);
});

test('an update leaves groups that stay as they are', async () => {
  const { changes, balancer } = await start();
  balancer.register('a');
  while (balancer.states('a').some((state) => state !== 'healthy')) await turn();
  await balancer.update({ ...SETTINGS, targetGroups: [BLUE, GREEN] }, ['a'], 0);
  expect(balancer.states('a')).toEqual(['healthy', 'healthy']);
  expect(changes.filter((change) => change.includes('blue'))).toHaveLength(2);
});

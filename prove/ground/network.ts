import { mkdirSync, writeFileSync } from 'node:fs';
import { run } from './processes';

const GATEWAY = '169.254.1.1';
const SINK = 'sink0';
const NO_ONE = '02:00:00:00:00:01';

const ip = (...args: string[]) => run('ip', args);

/** The network of the proving ground, in a namespace of its own: each pod has an interface and an address, as on AWS. */
export const network = {
  async create(addresses: readonly string[]): Promise<void> {
    await run('mount', ['-t', 'tmpfs', 'tmpfs', '/run']);
    mkdirSync('/run/netns', { recursive: true });
    writeFileSync('/proc/sys/net/ipv4/ip_forward', '1');
    await ip('link', 'set', 'lo', 'up');
    for (const address of addresses) await ip('addr', 'add', `${address}/32`, 'dev', 'lo');
    await ip('link', 'add', SINK, 'type', 'veth', 'peer', 'name', `${SINK}p`);
    await ip('link', 'set', SINK, 'up');
    await ip('link', 'set', `${SINK}p`, 'up');
  },

  async addPod(name: string, address: string): Promise<void> {
    const script = [
      `ip netns add ${name}`,
      `ip link add ${name} type veth peer name eth0 netns ${name}`,
      `ip addr add ${GATEWAY}/32 dev ${name}`,
      `ip link set ${name} up`,
      `ip route replace ${address}/32 dev ${name} scope link`,
      `nsenter --net=/run/netns/${name} sh -ec '${[
        'ip link set lo up',
        `ip addr add ${address}/32 dev eth0`,
        'ip link set eth0 up',
        `ip route add ${GATEWAY} dev eth0 scope link`,
        `ip route add default via ${GATEWAY}`,
      ].join(';')}'`,
    ];
    await run('sh', ['-ec', script.join('\n')]);
  },

  async removePod(name: string): Promise<void> {
    await run('sh', ['-c', `ip link del ${name}; ip netns del ${name}`]).catch(() => '');
  },

  /** Packets to and from the pod are lost without an answer, as those of a machine that is gone. */
  async losePod(name: string, address: string): Promise<void> {
    await run('sh', [
      '-ec',
      `ip link set ${name} down
       ip neigh replace ${address} lladdr ${NO_ONE} nud permanent dev ${SINK}
       ip route replace ${address}/32 dev ${SINK} scope link`,
    ]);
  },
};

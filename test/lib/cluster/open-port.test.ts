import { openPortProblems, type OpenPort } from '../../../lib/cluster/open-port';

const port = { from: 'control-plane', port: 8200, purpose: 'Webhook of vault' } as const;

test.each<{ ports: readonly OpenPort[]; problems: readonly string[] }>([
  { ports: [port, { ...port, from: 'nodes' }, { ...port, protocol: 'udp' }], problems: [] },
  {
    ports: [{ ...port, port: 0 }],
    problems: ['openPorts has the port 0: it must be a whole number from 1 to 65535'],
  },
  {
    ports: [{ ...port, purpose: '<b>' }],
    problems: ["openPorts has the purpose '<b>': use 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*"],
  },
  {
    ports: [port, { ...port, protocol: 'tcp', purpose: 'again' }],
    problems: ['openPorts has tcp 8200 from control-plane twice: list it once'],
  },
])('$ports', ({ ports, problems }) => {
  expect(openPortProblems(ports).filter(Boolean)).toEqual(problems);
});

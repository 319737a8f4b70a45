import { setTimeout as sleep } from 'node:timers/promises';
import { LoadGenerator } from '../../../prove/load/generator';
import { REQUEST_KINDS, sequence } from '../../../prove/load/kinds';

test('kinds are mixed by their shares', () => {
  const order = sequence(REQUEST_KINDS);
  for (const { name, share } of REQUEST_KINDS) expect(order.filter((kind) => kind.name === name)).toHaveLength(share);
  const most = order.map(({ name }) => name);
  expect(most.slice(0, 5)).not.toEqual(Array.from({ length: 5 }, () => most[0]));
});

test('the rate does not depend on the answers, and every request has an outcome', async () => {
  let inFlight = 0;
  let most = 0;
  const client = {
    async send() {
      most = Math.max(most, (inFlight += 1));
      await sleep(300);
      inFlight -= 1;
      return { status: 200 };
    },
  };
  const generator = new LoadGenerator(client, 100);
  generator.start();
  await sleep(500);
  const { longestStallMs } = await generator.stop();
  expect(generator.sent).toBeGreaterThanOrEqual(40);
  expect(generator.sent).toBeLessThanOrEqual(60);
  expect(generator.outcomes).toHaveLength(generator.sent);
  expect(most).toBeGreaterThan(15);
  expect(longestStallMs).toBeGreaterThan(0);
});

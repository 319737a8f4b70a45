import { didYouMean, suggestions } from '../../../lib/core/suggestions';

const CANDIDATES = ['plan', 'rehearse', 'report', 'json'];

test.each([
  { typed: 'plna', found: ['plan'] },
  { typed: 'REPORT', found: ['report'] },
  { typed: 'rehears', found: ['rehearse'] },
  { typed: 'rehe', found: ['rehearse'] },
  { typed: 're', found: [] },
  { typed: 'deploy', found: [] },
  { typed: 'x', found: [] },
])("'$typed' suggests $found", ({ typed, found }) => {
  expect(suggestions(typed, CANDIDATES)).toEqual(found);
});

test('the closest comes first', () => {
  expect(suggestions('plans', ['plain', 'report', 'plan'])).toEqual(['plan', 'plain']);
});

test('didYouMean is the end of a message', () => {
  expect(`no command 'plna'${didYouMean('plna', CANDIDATES)}`).toBe("no command 'plna': did you mean 'plan'?");
  expect(`subnetIdz${didYouMean('subnetIdz', ['subnetIds'])}`).toBe("subnetIdz: did you mean 'subnetIds'?");
  expect(didYouMean('deploy', CANDIDATES)).toBe('');
});

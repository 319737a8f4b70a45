import { synthWorkload } from '../fixtures';

test('a daemon set surges where asked', () => {
  const stack = synthWorkload({ controller: { kind: 'daemon-set', update: 'surge' } });
  const { spec } = stack.getResource('kubernetes_daemon_set_v1').attributes;
  expect(spec.strategy.rolling_update).toEqual({ max_surge: '1', max_unavailable: '0' });
  expect(spec.template.spec.topology_spread_constraint).toEqual([]);
});

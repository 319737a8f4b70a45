import type { Scenario } from './scenario';

/** In the steps of the guide; each is an apply of infrastructure and platform. */
const STEPS = ['port-opened', 'port-used', 'port-closed'] as const;

export const PORT_CHANGED: Scenario = {
  name: 'port-changed',
  title: 'The NodePort changes, in three steps',
  application: 'well-behaved',
  variants: STEPS,
  controls: [
    {
      name: 'in one step',
      async event(ground, systems) {
        ground.event('the port is changed');
        await ground.update(systems['port-closed']!);
        await ground.settle();
      },
    },
  ],
  async event(ground, systems) {
    for (const step of STEPS) {
      ground.event(step);
      await ground.update(systems[step]!);
      await ground.settle();
    }
  },
};

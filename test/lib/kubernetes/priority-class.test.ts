import { PriorityClass } from '../../../lib/kubernetes/priority-class';
import { refusal } from '../../support/stack';

test('a priority class is not one of the system', () => {
  const props = { name: 'system-mine', value: 2e9, description: '' };
  expect(refusal((scope) => new PriorityClass(scope, 'class', props))).toBe(
    [
      'test/class: 2 problems',
      "  - name 'system-mine' starts with system-, which Kubernetes reserves: choose another",
      '  - value must be a whole number from -2147483648 to 1000000000, got 2000000000',
    ].join('\n'),
  );
});

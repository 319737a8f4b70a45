import { foreignData } from '../support/hermetic';
import { addressChanges } from '../support/addresses';
import { APPS } from '../support/apps';
import { dump } from '../support/dump';

describe.each([...APPS])('%s', (_name, synth) => {
  const stacks = [...synth().values()];

  test('keeps its state addresses', () => {
    stacks.forEach(dump);
    expect(stacks.map(addressChanges).filter(Boolean).join('\n')).toBe('');
  });

  test('has no data source except the state of other stacks', () => {
    expect(stacks.flatMap(foreignData)).toEqual([]);
  });

  test('is synthesized to the same bytes again', () => {
    const again = [...synth().values()];
    expect(again.map(({ json }) => JSON.stringify(json))).toEqual(stacks.map(({ json }) => JSON.stringify(json)));
  });

  test('contains no local path', () => {
    expect(stacks.filter(({ json }) => JSON.stringify(json).includes(process.cwd()))).toEqual([]);
  });
});

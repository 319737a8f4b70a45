import fc from 'fast-check';
import { fault, synthesized } from './outcome';
import { allSpoiled, spoiled } from './spoil';
import { SUBJECTS, UNSHAPED } from './subjects';

/** The same mistakes in every run. `FUZZ_RUNS=all` tries all of them. */
const SEED = 10;
const { FUZZ_RUNS = '60' } = process.env;

describe('no mistake in data is dropped, crashes, is read as a template, or is rejected without its name', () => {
  for (const one of SUBJECTS) {
    // Once its props have a shape, it is removed from the list.
    const run = UNSHAPED.has(one.name) ? test.failing : test;
    run(one.name, () => {
      const baseline = synthesized(one, one.valid);
      if (FUZZ_RUNS === 'all') {
        const faults = allSpoiled(one.valid).map((spoiledData) => fault(one, baseline, spoiledData));
        expect(faults.filter((found) => found !== undefined)).toEqual([]);
        return;
      }
      const property = fc.property(spoiled(one.valid), (spoiledData) => {
        expect(fault(one, baseline, spoiledData)).toBeUndefined();
      });
      fc.assert(property, { seed: SEED, numRuns: Number(FUZZ_RUNS), endOnFailure: true });
    });
  }
});

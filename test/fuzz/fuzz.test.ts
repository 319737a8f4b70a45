import fc from 'fast-check';
import { fault, synthesized, type Subject } from './outcome';
import { allSpoiled, spoiled, type Spoiled } from './spoil';
import { SUBJECTS } from './subjects';

/** The same mistakes in every run. `FUZZ_RUNS=all` tries all of them, in minutes. */
const SEED = 10;
const { FUZZ_RUNS = '30' } = process.env;

/** What is wrong with how the mistakes in a subject's data are treated: the first fault, or all of them. */
function faultsOf(subject: Subject): readonly string[] {
  const baseline = synthesized(subject, subject.valid);
  const faultOf = (one: Spoiled<unknown>) => fault(subject, baseline, one);
  if (FUZZ_RUNS === 'all') return allSpoiled(subject.valid).flatMap((one) => faultOf(one) ?? []);
  for (const one of fc.sample(spoiled(subject.valid), { seed: SEED, numRuns: Number(FUZZ_RUNS) })) {
    const found = faultOf(one);
    if (found !== undefined) return [found];
  }
  return [];
}

describe('no mistake in data is dropped, crashes, is read as a template, or is rejected without its name', () => {
  test.each(SUBJECTS)('$name', (subject) => {
    expect(faultsOf(subject)).toEqual([]);
  });
});

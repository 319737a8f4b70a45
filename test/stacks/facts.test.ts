import { environmentFacts } from '../../lib/environment/environment-facts';
import * as committed from '../../examples/team-with-facts/staging.json';
import { staging } from '../../stacks/environments/staging';

test("the example has the facts of this repository's staging: npm run facts -- staging --out examples/team-with-facts/staging.json", () => {
  expect(JSON.parse(JSON.stringify(committed))).toEqual(JSON.parse(JSON.stringify(environmentFacts(staging))));
});

import { addOnFormProblems } from '../../../lib/platform/add-on-form';

const platform = () => {};
const found = (addOns: unknown) => addOnFormProblems(addOns).filter(Boolean);

class ClassAddOn {
  readonly name = 'class';
  readonly requires = ['logs'];
  /** Data of its own. */
  readonly owner = 'team-a';
  platform() {}
}

test.each<{ of: string; addOns: unknown }>([
  { of: 'no add-ons', addOns: [] },
  { of: 'the smallest', addOns: [{ name: 'logs', platform }] },
  { of: 'undefined values', addOns: [{ name: 'logs', requires: undefined, settings: undefined, platform }] },
  { of: 'a class', addOns: [new ClassAddOn()] },
  {
    of: 'the former interface, which is reported as such',
    addOns: [{ name: 'logs', stack: 'platform', install: platform }],
  },
])('$of is valid', ({ addOns }) => {
  expect(found(addOns)).toEqual([]);
});

test.each<{ addOns: unknown; problems: readonly string[] }>([
  { addOns: {}, problems: ['addOns must be a list, got {}'] },
  {
    addOns: [platform, false, 'logs', null, []],
    problems: ['the function platform', 'false', "'logs'", 'null', '[]'].map(
      (value) => `addOns has ${value}, which is not an add-on: call its function, such as ingress()`,
    ),
  },
  ...['Log_Shipper', '', 'a/b', '-a', '__proto__', '7zip'].map((name) => ({
    addOns: [{ name, platform }],
    problems: [`addOns has an add-on named '${name}': use lowercase words joined by '-', such as log-shipper`],
  })),
  {
    addOns: [{ platform }, Promise.resolve()],
    problems: ['undefined', 'undefined'].map(
      (name) => `addOns has an add-on named ${name}: use lowercase words joined by '-', such as log-shipper`,
    ),
  },
  {
    addOns: [
      {
        name: 'logs',
        infra: platform,
        output: {},
        requires: 'ingress',
        outputs: null,
        infrastructureId: 'a/b',
        infrastructure: 3,
        settings: { eksAddons: {} },
      },
    ],
    problems: [
      "unknown property 'infra': did you mean 'infrastructure'?",
      "unknown property 'output': did you mean 'outputs'?",
      "infrastructureId must be lowercase words joined by '-', got 'a/b'",
      "requires must be a list of names, got 'ingress'",
      'outputs must be an object of names, got null',
      'infrastructure must be a function, got 3',
      "unknown property 'settings.eksAddons': did you mean 'eksAddOns'?",
    ].map((problem) => `add-on 'logs': ${problem}`),
  },
  {
    addOns: [{ name: 'logs', platform, owner: 'team-a' }],
    problems: ["add-on 'logs': unknown property 'owner': remove it, or use a class for an add-on with data of its own"],
  },
  {
    addOns: [{ name: 'logs', settings: null, platform }],
    problems: ["add-on 'logs': settings must be an object, got null"],
  },
  {
    addOns: [{ name: 'logs', settings: platform, platform }],
    problems: ["add-on 'logs': settings must be an object, got the function platform"],
  },
])('$problems', ({ addOns, problems }) => {
  expect(found(addOns)).toEqual(problems);
});

import { architectureOf, instanceTypeProblems } from '../../../lib/cluster/instance-types';

const ARM64 = 'm7g c7gn m7gd r8g t4g a1 g5g im4gn is4gen x2gd hpc7g i8g i8ge c8gb m8gn p6e-gb200';
const X86_64 =
  'm6i m7i-flex m7a c5 t3a g5 g4dn g4ad gr6 g6e g6f p4d p6-b200 x2iedn i7ie hpc6id u-6tb1 u7i-12tb trn1n inf2 dl2q z1d f2';

test.each(ARM64.split(' '))('%s is arm64', (family) => {
  expect(architectureOf(`${family}.large`)).toBe('arm64');
});

test.each(X86_64.split(' '))('%s is x86_64', (family) => {
  expect(architectureOf(`${family}.large`)).toBe('x86_64');
});

test.each(['mac2.metal', 'mac2-m2pro.metal', 'weird', '', 'u-p6e-gb200x72'])('%s is left to AWS', (type) => {
  expect(architectureOf(type)).toBeUndefined();
});

test.each([
  { types: [], problems: ['instanceTypes is empty: list at least one, such as m7g.large'] },
  { types: ['m7g.large', 'unheard-of.large'], problems: [] },
  {
    types: ['m7g'],
    problems: ["instanceTypes has 'm7g', which is not a valid instance type: use a name such as m7g.large"],
  },
  {
    types: ['m7g.large', 'm6i.large', 'g5.xlarge'],
    problems: [
      "instanceTypes has 'm6i.large', which is x86_64, but architecture is arm64: change one of them",
      "instanceTypes has 'g5.xlarge', which is x86_64, but architecture is arm64: change one of them",
    ],
  },
  {
    types: ['mac2.metal'],
    problems: [
      "instanceTypes has 'mac2.metal', but EKS does not support Mac instances: use another type, such as m7g.large",
    ],
  },
  { types: ['m7g.large', 'm7g.large'], problems: ["instanceTypes has 'm7g.large' twice: remove one"] },
])('$types for arm64', ({ types, problems }) => {
  expect(instanceTypeProblems(types, 'arm64')).toEqual(problems);
});

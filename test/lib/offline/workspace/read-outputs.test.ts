import { outputDependencies, readOutputs } from '../../../../lib/offline/workspace/read-outputs';

const reading = (...values: string[]) => readOutputs({ resource: { a: { b: { values } } } }, ['one', 'other']);

describe('the outputs that a stack reads', () => {
  test.each<[string, string[], string[] | undefined]>([
    ['by name', ['${data.terraform_remote_state.one.outputs.zone_id}'], ['zone_id']],
    ['by index', ['${data.terraform_remote_state.one.outputs["zone-id"]}'], ['zone-id']],
    [
      'several, of several states',
      ['x ${data.terraform_remote_state.one.outputs.a[0]} ${data.terraform_remote_state.other.outputs.b}'],
      ['a', 'b'],
    ],
    ['of another state whose id has the same prefix', ['${data.terraform_remote_state.one-more.outputs.a}'], []],
    ['all of them', ['${jsonencode(data.terraform_remote_state.one.outputs)}'], undefined],
    ['by a computed name', ['${data.terraform_remote_state.one.outputs[local.name]}'], undefined],
  ])('%s', (_, values, expected) => {
    expect(reading(...values)).toEqual(expected && new Set(expected));
  });
});

describe('the addresses behind outputs', () => {
  const stack = {
    resource: { aws_vpc: { main: {}, mainland: {} } },
    data: { aws_region: { here: {} } },
    module: { nodes: {} },
    output: {
      vpc: { value: '${aws_vpc.main["a"].id}' },
      both: { value: ['${aws_vpc.mainland.id}', '${data.aws_region.here.name}'] },
      nodes: { value: '${module.nodes.name}', depends_on: ['aws_vpc.main'] },
      local: { value: '${aws_vpc.main.id}-${local.name}' },
      literal: { value: 'aws' },
    },
  };
  test.each<[string[], string[] | undefined]>([
    [['vpc'], ['aws_vpc.main']],
    [
      ['both', 'vpc'],
      ['aws_vpc.mainland', 'data.aws_region.here', 'aws_vpc.main'],
    ],
    [['nodes'], ['aws_vpc.main', 'module.nodes']],
    [['vpc', 'local'], undefined],
    [['vpc', 'literal'], undefined],
    [['vpc', 'missing'], undefined],
    [[], undefined],
  ])('%j', (names, expected) => {
    expect(outputDependencies(stack, new Set(names))).toEqual(expected);
  });

  test('a stack with moved resources is applied as a whole', () => {
    expect(outputDependencies({ ...stack, moved: [{ from: 'a', to: 'b' }] }, new Set(['vpc']))).toBeUndefined();
  });
});

import { compareAddresses } from './addresses';

test('the same addresses in the same construct paths are fine', () => {
  expect(compareAddresses('production', ['aws_vpc.a vpc/vpc'], ['aws_vpc.a vpc/vpc'])).toBeUndefined();
});

test('a changed id says what would be destroyed', () => {
  expect(compareAddresses('production', ['aws_vpc.a vpc/vpc'], ['aws_vpc.b network/vpc'])).toBe(
    [
      'the state addresses of production changed',
      '  would DESTROY aws_vpc.a vpc/vpc',
      '  would create  aws_vpc.b network/vpc',
      'A construct id is a state address: keep it, or move the state. If this is intended: UPDATE_ADDRESSES=1 npm test',
    ].join('\n'),
  );
});

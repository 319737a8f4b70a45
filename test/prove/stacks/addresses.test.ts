import { addressIn } from '../../../prove/stacks/addresses';

test.each([
  { cidr: '10.0.0.0/24', position: 20, address: '10.0.0.20' },
  { cidr: '10.0.0.128/25', position: 127, address: '10.0.0.255' },
  { cidr: '10.90.128.0/20', position: 300, address: '10.90.129.44' },
  { cidr: '255.255.255.255/32', position: 0, address: '255.255.255.255' },
])('$position in $cidr is $address', ({ cidr, position, address }) => {
  expect(addressIn(cidr, position)).toBe(address);
});

test('a position outside the block is rejected', () => {
  expect(() => addressIn('10.0.0.0/28', 16)).toThrow('10.0.0.0/28 has no address 16');
});

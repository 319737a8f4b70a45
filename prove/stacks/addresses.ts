/** The address at a position of an IPv4 CIDR block. */
export function addressIn(cidr: string, position: number): string {
  const [base = '', bits = '32'] = cidr.split('/');
  const number = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  if (position >= 2 ** (32 - Number(bits))) throw new Error(`${cidr} has no address ${position}`);
  const address = number + position;
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

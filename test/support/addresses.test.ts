import { addressLines, compareAddresses } from './addresses';
import { SynthesizedStack } from '../../lib/testing/synthesized-stack';

const INTENDED =
  'A construct id is a state address: keep it, or move the state. If this is intended: UPDATE_ADDRESSES=1 npm test';

const CASES = [
  {
    of: 'a changed id destroys and creates',
    before: ['aws_vpc.a vpc/vpc 10.0.0.0/16'],
    now: ['aws_vpc.b network/vpc 10.0.0.0/16'],
    changes: ['  would DESTROY aws_vpc.a vpc/vpc 10.0.0.0/16', '  would create  aws_vpc.b network/vpc 10.0.0.0/16'],
  },
  {
    of: 'a changed name replaces',
    before: ['aws_lb.a load-balancer shop'],
    now: ['aws_lb.a load-balancer shop and more'],
    changes: [
      '  would RENAME  aws_lb.a load-balancer',
      '    from shop',
      '    to   shop and more',
      '    Most types cannot be renamed: Terraform destroys the resource and creates another.',
    ],
  },
  {
    of: 'a changed reference replaces only with the referenced resource',
    before: ['aws_lb_listener.a https ${aws_lb.a.arn} 443'],
    now: ['aws_lb_listener.a https ${aws_lb.b.arn} 443'],
    changes: [
      '  would RENAME  aws_lb_listener.a https',
      '    from ${aws_lb.a.arn} 443',
      '    to   ${aws_lb.b.arn} 443',
      '    Only references changed: nothing is replaced if the state of the referenced resources is moved.',
    ],
  },
  {
    of: 'a construct that moves below its old address is only reported',
    before: ['aws_lb.a load-balancer shop'],
    now: ['aws_lb.a traffic/load-balancer shop'],
    changes: ['  same address  aws_lb.a: its construct path changed from load-balancer to traffic/load-balancer'],
  },
  {
    of: 'an output is removed, another is created',
    before: ['output zone_id'],
    now: ['output zone'],
    changes: ['  would remove  output zone_id, which other stacks may read', '  would create  output zone'],
  },
];

test('unchanged lines in another order are no change', () => {
  const lines = ['aws_vpc.a vpc/vpc 10.0.0.0/16', 'output zone_id'];
  expect(compareAddresses('production', lines, [...lines].reverse())).toBeUndefined();
});

test.each(CASES)('$of', ({ before, now, changes }) => {
  expect(compareAddresses('production', before, now)).toBe(
    ['the state addresses of production changed', ...changes, INTENDED].join('\n'),
  );
});

const NAMES = [
  { type: 'aws_lb', attributes: { name: 'shop' }, name: 'shop' },
  { type: 'aws_iam_role', attributes: { name_prefix: 'shop-' }, name: 'shop-' },
  {
    type: 'aws_route53_record',
    attributes: { zone_id: '${aws_route53_zone.a.zone_id}', type: 'A', name: 'example.com', set_identifier: 'blue' },
    name: '${aws_route53_zone.a.zone_id} A example.com blue',
  },
  { type: 'aws_autoscaling_group_tag', attributes: { tag: { key: 'team' } }, name: 'team' },
  { type: 'aws_kms_key', attributes: { region: 'us-east-1' }, name: 'us-east-1' },
  { type: 'aws_eip', attributes: { domain: 'vpc' }, name: '-' },
  { type: 'kubernetes_service_v1', attributes: { metadata: { namespace: 'shop', name: 'api' } }, name: 'shop/api' },
  { type: 'kubernetes_namespace_v1', attributes: { metadata: { name: 'shop' } }, name: 'shop' },
];

test.each(NAMES)('$type is identified as $name', ({ type, attributes, name }) => {
  const json = { resource: { [type]: { one: { ...attributes, '//': { metadata: { path: 'test/one' } } } } } };
  expect(addressLines(new SynthesizedStack('test', json))).toEqual([`${type}.one one ${name}`]);
});

test('a type that is not listed is rejected', () => {
  const stack = new SynthesizedStack('test', { resource: { aws_new_thing: { one: {} } } });
  expect(() => addressLines(stack)).toThrow('no name is known for aws_new_thing');
});

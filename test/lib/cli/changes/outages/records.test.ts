import { describeOutages } from '../../support/outages';
import { alias } from '../../support/site';

const FIRST = { lifecycle: { create_before_destroy: true } };

describeOutages(
  'records',
  ['aws_lb', 'aws_security_group', 'aws_route53_record'],
  [
    {
      name: 'an alias is deleted',
      change: ({ aws_route53_record }) => {
        delete aws_route53_record!.shop;
        delete aws_route53_record!.shop6;
      },
      outages: {
        'aws_route53_record.shop': 'deleted: shop.example.com no longer resolves (A)',
        'aws_route53_record.shop6': 'deleted: shop.example.com no longer resolves (AAAA)',
      },
    },
    {
      name: 'the alias for IPv6 is deleted: clients use IPv4',
      change: ({ aws_route53_record }) => delete aws_route53_record!.shop6,
    },
    {
      name: 'a record of another kind is deleted',
      change: ({ aws_route53_record }) => delete aws_route53_record!.text,
    },
    {
      name: 'an alias is deleted, a wildcard answers',
      before: ({ aws_route53_record }) => (aws_route53_record!.all = alias('*.example.com', 'A')),
      change: ({ aws_route53_record }) => delete aws_route53_record!.shop,
    },
    {
      name: 'an alias is renamed, even if the new one is created first',
      before: ({ aws_route53_record }) => Object.assign(aws_route53_record!.shop!, FIRST),
      change: ({ aws_route53_record }) => (aws_route53_record!.shop!.name = 'store.example.com'),
      outages: {
        'aws_route53_record.shop': 'renamed to store.example.com: shop.example.com no longer resolves (A)',
      },
    },
    {
      name: 'a name is added besides the old one',
      change: ({ aws_route53_record }) => (aws_route53_record!.store = alias('store.example.com', 'A')),
    },
    {
      name: 'a delegation is deleted',
      before: ({ aws_route53_record }) =>
        (aws_route53_record!.delegation = {
          zone_id: 'Z1',
          name: 'eu.example.com',
          type: 'NS',
          ttl: 300,
          records: ['ns-1.example.net'],
        }),
      change: ({ aws_route53_record }) => delete aws_route53_record!.delegation,
      outages: { 'aws_route53_record.delegation': 'deleted: eu.example.com no longer resolves (NS)' },
    },
  ],
);

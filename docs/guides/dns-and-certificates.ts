import { AwsStack, Certificate, DnsRecord, HostedZone, synthesize } from 'quayside';

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  const stack = new AwsStack(app, 'guide-dns', { account: '123456789012', region: 'eu-west-1' });

  const zone = new HostedZone(stack, 'zone', {
    zoneName: 'guide.example.com',
    parent: { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' },
    dnssec: 'signed',
  });
  new Certificate(stack, 'certificate', {
    domainName: 'guide.example.com',
    subjectAlternativeNames: ['*.guide.example.com'],
    zones: [zone],
  });
  new DnsRecord(stack, 'verification', { zone, name: 'guide.example.com', type: 'TXT', values: ['owner=platform'] });
});

import { describeOutages, IN_NO_ORDER, WEB, CERTIFICATES } from '../../support/outages';

const FIRST = { lifecycle: { create_before_destroy: true } };
const LAST = { lifecycle: {} };

describeOutages(
  'certificates',
  [...WEB, ...CERTIFICATES],
  [
    {
      name: 'a certificate that no listener uses is deleted',
      change: ({ aws_acm_certificate }) => delete aws_acm_certificate!.unused,
    },
    {
      name: 'a certificate in use is replaced, created first',
      change: ({ aws_acm_certificate }) => (aws_acm_certificate!.shop!.key_algorithm = 'EC_prime256v1'),
    },
    {
      name: 'a certificate in use is replaced, deleted first',
      before: ({ aws_acm_certificate }) => Object.assign(aws_acm_certificate!.shop!, LAST),
      change: ({ aws_acm_certificate }) => (aws_acm_certificate!.shop!.key_algorithm = 'EC_prime256v1'),
      outages: {
        'aws_acm_certificate.shop':
          'replaced, deleted first: AWS keeps it while a listener uses it, and the apply fails half done',
      },
    },
    {
      name: 'a certificate is replaced by one for fewer domains',
      before: ({ aws_acm_certificate }) =>
        (aws_acm_certificate!.shop!.subject_alternative_names = ['www.example.com', 'shop.example.com']),
      change: ({ aws_acm_certificate }) =>
        (aws_acm_certificate!.shop!.subject_alternative_names = ['shop.example.com']),
      outages: { 'aws_acm_certificate.shop': 'replaced by one that does not cover www.example.com' },
    },
    {
      name: 'the certificate behind SNI is replaced, and its listener certificate deleted first',
      change: ({ aws_acm_certificate }) => (aws_acm_certificate!.blog!.key_algorithm = 'EC_prime256v1'),
      outages: {
        'aws_lb_listener_certificate.blog':
          'replaced, deleted first: clients of blog.example.com get another certificate, and fail',
      },
    },
    {
      name: 'the certificate behind SNI is replaced, both created first',
      before: ({ aws_lb_listener_certificate }) => Object.assign(aws_lb_listener_certificate!.blog!, FIRST),
      change: ({ aws_acm_certificate }) => (aws_acm_certificate!.blog!.key_algorithm = 'EC_prime256v1'),
    },
    {
      name: 'a listener certificate is deleted',
      change: ({ aws_lb_listener_certificate }) => delete aws_lb_listener_certificate!.blog,
      outages: {
        'aws_lb_listener_certificate.blog': 'deleted: clients of blog.example.com get another certificate, and fail',
      },
    },
    {
      name: 'a listener certificate is deleted, the default one covers its domain',
      before: ({ aws_acm_certificate }) => Object.assign(aws_acm_certificate!.shop!, { domain_name: '*.example.com' }),
      change: ({ aws_lb_listener_certificate }) => delete aws_lb_listener_certificate!.blog,
    },
    {
      name: 'the default certificate and the one behind SNI change places',
      change: ({ aws_lb_listener, aws_lb_listener_certificate }) => {
        aws_lb_listener!.https!.certificate_arn = '${aws_acm_certificate.blog.arn}';
        aws_lb_listener_certificate!.blog!.certificate_arn = '${aws_acm_certificate.shop.arn}';
      },
      notes: {
        'aws_lb_listener.https': `its certificate for shop.example.com changes while another one is added ${IN_NO_ORDER}`,
        'aws_lb_listener_certificate.blog': `replaced, deleted first while another certificate for blog.example.com is added ${IN_NO_ORDER}`,
      },
    },
    {
      name: 'the default certificate changes to one for other domains',
      change: ({ aws_lb_listener }) => (aws_lb_listener!.https!.certificate_arn = '${aws_acm_certificate.unused.arn}'),
      outages: { 'aws_lb_listener.https': 'no longer presents a certificate for shop.example.com' },
    },
    {
      name: 'the default certificate changes, and stays behind SNI',
      before: ({ aws_lb_listener_certificate }) =>
        (aws_lb_listener_certificate!.shop = {
          listener_arn: '${aws_lb_listener.https.arn}',
          certificate_arn: '${aws_acm_certificate.shop.arn}',
        }),
      change: ({ aws_lb_listener }) => (aws_lb_listener!.https!.certificate_arn = '${aws_acm_certificate.blog.arn}'),
    },
  ],
);

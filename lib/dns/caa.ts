import type { Problem } from '../core/check';
import { didYouMean } from '../core/suggestions';
import { list, object, optional, text } from '../core/shape';

/** Certificate authorities that may issue certificates for a domain and its subdomains. */
export interface CaaPolicy {
  /**
   * The authorities' own domains. The list is exhaustive: to allow another one, keep Amazon's `amazon.com`,
   * `amazontrust.com`, `awstrust.com` and `amazonaws.com`.
   * @default Amazon's
   */
  readonly issuers?: readonly string[];
  /**
   * Where an authority reports rejected requests: `mailto:security@example.com` or an `https:` URL.
   * @default none
   */
  readonly reportTo?: string;
}

/** Source: RFC 8659, https://www.rfc-editor.org/rfc/rfc8659#section-4.2 */
const ISSUER = /^\s*([a-z0-9-]+(\.[a-z0-9-]+)+)?\s*(;[^"]*)?$/i;

export const CAA_POLICY = object<CaaPolicy>({
  issuers: optional(
    list(text("the domain of an authority, with parameters if any, such as 'letsencrypt.org'", ISSUER)),
  ),
  reportTo: optional(text()),
});

/**
 * ACM may issue through any of them.
 * Source: "(Optional) Configure a CAA record", https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html
 */
export const AMAZON_ISSUERS: readonly string[] = ['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com'];

/** Wildcard certificates have a separate tag. Source: RFC 8659, https://www.rfc-editor.org/rfc/rfc8659#section-4.3 */
const ISSUE_TAGS = ['issue', 'issuewild'] as const;
/**
 * Source: "Certification Authority Restriction Properties",
 * https://www.iana.org/assignments/pkix-parameters/pkix-parameters.xhtml#caa-properties
 */
const TAGS: readonly string[] = [...ISSUE_TAGS, 'iodef', 'contactemail', 'contactphone', 'issuemail', 'issuevmc'];
const CAA_VALUE = /^(?:\d\d?|1\d\d|2[0-4]\d|25[0-5]) (\w+) "([^"]*)"$/;
const REPORT_URL = /^(mailto:|https?:\/\/)[^"]+$/;

/** The values of the CAA record for a policy. */
export function caaValues({ issuers = AMAZON_ISSUERS, reportTo }: CaaPolicy): string[] {
  return [
    ...ISSUE_TAGS.flatMap((tag) => issuers.map((issuer) => `0 ${tag} "${issuer}"`)),
    ...(reportTo === undefined ? [] : [`0 iodef "${reportTo}"`]),
  ];
}

/** Validates a policy. Without issuers there would be no record, or one without `issue`, which allows everyone. */
export function caaPolicyProblems(policy: CaaPolicy): readonly Problem[] {
  return policy.issuers?.length === 0
    ? [
        "caa.issuers is empty, which would allow every authority: list those that may issue, omit it for Amazon's, or set caa to 'none' to allow all",
      ]
    : [
        ...caaProblems('caa', caaValues({ issuers: policy.issuers })),
        policy.reportTo !== undefined &&
          !REPORT_URL.test(policy.reportTo) &&
          `caa.reportTo '${policy.reportTo}' is not a valid URL: use mailto: or https:`,
      ];
}

/** Validates the values of a CAA record. */
export function caaProblems(prop: string, values: readonly string[]): readonly Problem[] {
  const parsed = values.map((value) => ({ value, match: CAA_VALUE.exec(value) }));
  const issuersOf = (tag: string) =>
    parsed.flatMap(({ match }) => (match?.[1] === tag ? [match[2]!.split(';')[0]!.trim()] : []));

  return [
    ...parsed
      .filter(({ match }) => match === null)
      .map(({ value }) => `${prop} '${value}' is not a valid CAA value: use the form 0 issue "amazon.com"`),
    ...parsed
      .filter(({ match }) => match?.[1] === 'iodef' && !REPORT_URL.test(match[2]!))
      .map(
        ({ value, match }) =>
          `${prop} '${value}' reports to '${match![2]}', which is not a valid URL: use mailto: or https:`,
      ),
    // Others may exist one day. A misspelled one would restrict nobody.
    ...parsed.flatMap(({ match }) =>
      match && !TAGS.includes(match[1]!) && didYouMean(match[1]!, TAGS)
        ? [`${prop} has the tag '${match[1]}', which authorities ignore${didYouMean(match[1]!, TAGS)}`]
        : [],
    ),
    ...ISSUE_TAGS.flatMap((tag): readonly Problem[] => {
      const issuers = issuersOf(tag);
      if (issuers.length === 0 || issuers.some((issuer) => AMAZON_ISSUERS.includes(issuer))) return [];
      const allowed = issuers.filter((issuer) => issuer !== '').join(' and ');
      return [
        {
          code: 'caa-excludes-amazon',
          problem: `${prop} allows ${allowed ? `only ${allowed}` : 'no authority'} to issue ${tag === 'issue' ? '' : 'wildcard '}certificates, so ACM cannot: add one of ${AMAZON_ISSUERS.join(', ')}`,
        },
      ];
    }),
  ];
}

import type { Problem } from '../core/check';

/** Which certificate authorities may issue certificates for a domain and everything below it. */
export interface CaaPolicy {
  /**
   * The authorities' own domains; the list is complete, so a further one stands beside Amazon's:
   * `[...AMAZON_ISSUERS, 'letsencrypt.org']`.
   * @default AMAZON_ISSUERS
   */
  readonly issuers?: readonly string[];
  /**
   * Where an authority reports a request that it refused: `mailto:security@example.com` or an `https:` URL.
   * @default nowhere
   */
  readonly reportTo?: string;
}

/** ACM may issue through any of them. Source: "(Optional) Configure a CAA record", ACM User Guide. */
export const AMAZON_ISSUERS: readonly string[] = ['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com'];

/** Wildcard certificates have a tag of their own (RFC 8659, section 4.3). */
const ISSUE_TAGS = ['issue', 'issuewild'] as const;
const CAA_VALUE = /^\d+ (\w+) "([^"]*)"$/;
const REPORT_URL = /^(mailto:|https?:\/\/)/;

/** The values of the CAA record that says it. */
export function caaValues({ issuers = AMAZON_ISSUERS, reportTo }: CaaPolicy): string[] {
  return [
    ...ISSUE_TAGS.flatMap((tag) => issuers.map((issuer) => `0 ${tag} "${issuer}"`)),
    ...(reportTo === undefined ? [] : [`0 iodef "${reportTo}"`]),
  ];
}

/** Says what is wrong with the values of a CAA record. */
export function caaProblems(prop: string, values: readonly string[]): readonly Problem[] {
  const parsed = values.map((value) => ({ value, match: CAA_VALUE.exec(value) }));
  const issuersOf = (wanted: string) =>
    parsed.flatMap(({ match }) => (match?.[1] === wanted ? [match[2]!.split(';')[0]!.trim()] : []));

  return [
    ...parsed
      .filter(({ match }) => match === null)
      .map(({ value }) => `${prop} '${value}' is not a CAA value: write 0 issue "amazon.com"`),
    ...parsed
      .filter(({ match }) => match?.[1] === 'iodef' && !REPORT_URL.test(match[2]!))
      .map(({ match }) => `${prop} reports to '${match![2]}': write a URL with mailto: or https:`),
    ...ISSUE_TAGS.flatMap((tag): readonly Problem[] => {
      const issuers = issuersOf(tag);
      if (issuers.length === 0 || issuers.some((issuer) => AMAZON_ISSUERS.includes(issuer))) return [];
      const allowed = issuers.map((issuer) => issuer || 'nobody').join(', ');
      return [
        {
          code: 'caa-excludes-amazon',
          problem: `${prop} lets only ${allowed} ${tag === 'issue' ? 'issue certificates' : 'issue wildcard certificates'}, so ACM cannot: add one of ${AMAZON_ISSUERS.join(', ')}`,
        },
      ];
    }),
  ];
}

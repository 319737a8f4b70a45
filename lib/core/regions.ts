import { Token } from 'cdktf';
import { didYouMean } from './suggestions';

/**
 * AWS adds regions: another one is a warning, not an error.
 * Source: "AWS Regions", https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html, and those of
 * AWS GovCloud (US) and China.
 */
const REGIONS: readonly string[] = `
af-south-1
ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2
ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7
ca-central-1 ca-west-1
cn-north-1 cn-northwest-1
eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3
il-central-1
me-central-1 me-south-1
mx-central-1
sa-east-1
us-east-1 us-east-2 us-gov-east-1 us-gov-west-1 us-west-1 us-west-2
`
  .trim()
  .split(/\s+/);

/** A warning about a region that this release does not know. */
export function unknownRegion(prop: string, region: string): string | false {
  if (Token.isUnresolved(region) || REGIONS.includes(region)) return false;
  return `${prop} '${region}' is not a region that this release knows${didYouMean(region, REGIONS) || ': check its name'}`;
}

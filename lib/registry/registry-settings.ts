import { EcrRegistryScanningConfiguration } from '@cdktf/provider-aws/lib/ecr-registry-scanning-configuration';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { check } from '../core/check';
import { claimSingleton } from './singleton';

export interface RegistrySettingsProps {
  /**
   * Repositories whose images are scanned again whenever a new vulnerability becomes known, by patterns with `*`. All
   * others are scanned when an image is pushed.
   * @default every repository
   */
  readonly continuouslyScanned?: readonly string[];
}

const EVERY = '*';
const REPOSITORY_FILTER = /^[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$/;

/**
 * The scanning of a whole registry by Amazon Inspector, operating system and language packages. An account has one
 * registry in each region: declare it once. Inspector charges by the image.
 */
export class RegistrySettings extends Construct {
  readonly scanning: EcrRegistryScanningConfiguration;

  constructor(scope: Construct, id: string, props: RegistrySettingsProps = {}) {
    super(scope, id);
    const { account, region } = awsContext(this);
    const continuous = props.continuouslyScanned ?? [EVERY];
    check(
      this,
      claimSingleton(this, `the registry scanning of account ${account} in ${region}`),
      ...continuous.map(
        (filter) =>
          !REPOSITORY_FILTER.test(filter) &&
          `continuouslyScanned '${filter}' is no repository pattern: write lower-case letters, digits and . _ - / with *`,
      ),
    );

    this.scanning = new EcrRegistryScanningConfiguration(this, 'scanning', {
      scanType: 'ENHANCED',
      rule: [
        ...(continuous.length > 0 ? [rule('CONTINUOUS_SCAN', continuous)] : []),
        ...(continuous.includes(EVERY) ? [] : [rule('SCAN_ON_PUSH', [EVERY])]),
      ],
    });
  }
}

function rule(scanFrequency: string, filters: readonly string[]) {
  return { scanFrequency, repositoryFilter: filters.map((filter) => ({ filter, filterType: 'WILDCARD' })) };
}

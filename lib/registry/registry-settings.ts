import { EcrRegistryScanningConfiguration } from '@cdktf/provider-aws/lib/ecr-registry-scanning-configuration';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import { list, object, optional, text } from '../core/shape';
import { claimSingleton } from './singleton';

export interface RegistrySettingsProps {
  /**
   * Repositories, as patterns with `*`, whose images are rescanned when a new vulnerability is published. All others
   * are scanned on push.
   * @default every repository
   */
  readonly continuouslyScanned?: readonly string[];
}

const REGISTRY_SETTINGS_PROPS = object<RegistrySettingsProps>({ continuouslyScanned: optional(list(text())) });

const ALL = '*';
const REPOSITORY_FILTER = /^[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$/;

/**
 * Scans a whole registry with Amazon Inspector, operating system and language packages. An account has one registry per
 * region: declare it once. Inspector charges per image.
 */
export class RegistrySettings extends Construct {
  readonly scanning: EcrRegistryScanningConfiguration;

  constructor(scope: Construct, id: string, props: RegistrySettingsProps = {}) {
    super(scope, id);
    checkProps(this, props, REGISTRY_SETTINGS_PROPS);
    const { account, region } = awsContext(this);
    const continuous = props.continuouslyScanned ?? [ALL];
    check(
      this,
      claimSingleton(this, `the registry scanning of account ${account} in ${region}`),
      ...continuous.map(
        (filter) =>
          !REPOSITORY_FILTER.test(filter) &&
          `continuouslyScanned '${filter}' is not a valid repository pattern: use lowercase letters, digits and . _ - / with *`,
      ),
    );

    this.scanning = new EcrRegistryScanningConfiguration(this, 'scanning', {
      scanType: 'ENHANCED',
      rule: [
        ...(continuous.length > 0 ? [rule('CONTINUOUS_SCAN', continuous)] : []),
        ...(continuous.includes(ALL) ? [] : [rule('SCAN_ON_PUSH', [ALL])]),
      ],
    });
  }
}

function rule(scanFrequency: string, filters: readonly string[]) {
  return { scanFrequency, repositoryFilter: filters.map((filter) => ({ filter, filterType: 'WILDCARD' })) };
}

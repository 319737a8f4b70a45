import { TerraformOutput, type App } from 'cdktf';
import { Construct } from 'constructs';
import { AwsStack } from '../core/aws-stack';
import { check } from '../core/check';
import { literalText } from '../core/literal-text';
import { buildIfSelected } from '../core/selection';
import { HostedZone } from '../dns/hosted-zone';
import { ImageRepository, type ImageRepositoryProps } from '../registry/image-repository';
import { OidcProvider } from '../registry/oidc-provider';
import { PullThroughCache } from '../registry/pull-through';
import { RegistryPolicy } from '../registry/registry-policy';
import { RegistrySettings } from '../registry/registry-settings';
import { CiRole } from '../registry/ci-role';
import { dataOf } from './environment-data';
import { sharedProblems } from './shared-problems';
import { SHARED_PROPS, type CiRoleSpec, type PullThroughCacheSpec, type SharedProps } from './shared-props';

export type { CiRoleSpec, PullThroughCacheSpec, SharedProps } from './shared-props';

/** Registry, domain and CI roles shared by the environments. */
export class SharedStack extends AwsStack {
  readonly scanning?: RegistrySettings;
  readonly zone?: HostedZone;
  /** By name. */
  readonly repositories: ReadonlyMap<string, ImageRepository>;
  readonly ciRoles: readonly CiRole[];
  readonly pullThroughCaches: readonly PullThroughCache[];

  constructor(scope: Construct, id: string, given: SharedProps) {
    const props = dataOf(id, given, SHARED_PROPS);
    super(scope, id, props);
    check(this, ...sharedProblems(props));
    if (props.enhancedScanning ?? true) this.scanning = new RegistrySettings(this, 'scanning');
    if (props.domain) this.zone = new HostedZone(this, 'zone', { ...props.dns, zoneName: props.domain });
    this.repositories = this.addRepositories(props.repositories ?? []);
    this.ciRoles = this.addCiRoles(props.ciRoles ?? []);
    this.pullThroughCaches = this.addPullThroughCaches(props.pullThroughCaches ?? []);
    this.addOutputs();
  }

  private addRepositories(repositories: readonly ImageRepositoryProps[]): ReadonlyMap<string, ImageRepository> {
    const scope = new Construct(this, 'repositories');
    return new Map(repositories.map((props) => [props.name, new ImageRepository(scope, idOf(props.name), props)]));
  }

  private addCiRoles(ciRoles: readonly CiRoleSpec[]): readonly CiRole[] {
    const issuers = new Map(ciRoles.map(({ issuer }) => [issuer.issuer, issuer]));
    const providers = new Map(
      [...issuers.values()].map((issuer) => [issuer.issuer, new OidcProvider(this, idOf(issuer.issuer), issuer)]),
    );
    const scope = new Construct(this, 'robots');
    return ciRoles.map(
      ({ name, issuer, subjects, pushTo }) =>
        new CiRole(scope, name, {
          name,
          provider: providers.get(issuer.issuer)!,
          subjects,
          pushTo: pushTo.map((repository) => this.repositories.get(repository)!),
        }),
    );
  }

  private addPullThroughCaches(specs: readonly PullThroughCacheSpec[]): readonly PullThroughCache[] {
    const pullThroughCaches = specs.map(
      ({ pullAccounts, ...upstream }) =>
        new PullThroughCache(this, `pull-through-${upstream.kind}`, { upstream, pullAccounts }),
    );
    if (pullThroughCaches.some(({ pullAccounts }) => pullAccounts.length > 0)) {
      new RegistryPolicy(this, 'registry-policy', { pullThroughCaches });
    }
    return pullThroughCaches;
  }

  private addOutputs(): void {
    const { zone, repositories } = this;
    const outputs = {
      ...(zone && {
        zone_id: { value: zone.zoneId, description: 'For the parentZone of environments' },
        name_servers: { value: zone.nameServers, description: `What the registrar of ${zone.zoneName} enters` },
        ...(zone.dsRecord && {
          ds_record: { value: zone.dsRecord, description: 'What the registrar enters for DNSSEC' },
        }),
      }),
      repository_urls: {
        value: Object.fromEntries([...repositories].map(([name, { repositoryUrl }]) => [name, repositoryUrl])),
        description: 'What images are named after',
      },
    };
    for (const [id, output] of Object.entries(outputs))
      literalText(new TerraformOutput(this, id, { ...output, staticId: true }));
  }
}

/** Adds a `SharedStack` to the app if it is selected. */
export function addSharedStack(app: App, props: SharedProps): SharedStack | undefined {
  const name = (props as Partial<SharedProps> | undefined)?.name ?? 'shared';
  return buildIfSelected(app, { stack: name }, () => new SharedStack(app, name, props));
}

/** Construct ids cannot contain slashes, and repository names cannot contain consecutive hyphens. */
function idOf(name: string): string {
  return name.replace(/^https:\/\//, '').replaceAll('/', '--');
}

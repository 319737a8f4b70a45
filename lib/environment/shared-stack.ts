import { TerraformOutput, type App } from 'cdktf';
import { Construct } from 'constructs';
import { AwsStack, type AwsStackProps } from '../core/aws-stack';
import { ValidationError } from '../core/check';
import { ifSelected } from '../core/selection';
import { HostedZone, type PublicHostedZoneProps } from '../dns/hosted-zone';
import type { CiSubject } from '../registry/ci-subject';
import { ImageRepository, type ImageRepositoryProps } from '../registry/image-repository';
import { OidcProvider, type OidcIssuer } from '../registry/oidc-provider';
import { PullThroughCache, type Upstream } from '../registry/pull-through';
import { RegistrySettings } from '../registry/registry-settings';
import { CiRobot } from '../registry/robots';

/** What the environments of an account have in common, as data. */
export interface SharedProps extends AwsStackProps {
  /**
   * The stack's name.
   * @default 'shared'
   */
  readonly name?: string;
  /**
   * The domain above those of the environments; its zone's id is an output.
   * @default none
   */
  readonly domain?: string;
  /**
   * How the domain is signed, and who may issue certificates for it.
   * @default not signed; only Amazon
   */
  readonly dns?: Pick<PublicHostedZoneProps, 'dnssec' | 'caa' | 'queryLogGroupArn'>;
  /**
   * Where the one artifact for all environments comes from.
   * @default none
   */
  readonly repositories?: readonly ImageRepositoryProps[];
  /**
   * Roles for the jobs of CI systems.
   * @default none
   */
  readonly robots?: readonly RobotSpec[];
  /**
   * Other registries whose images are kept in this one.
   * @default none
   */
  readonly pullThroughCaches?: readonly Upstream[];
  /**
   * Scans images again whenever a vulnerability becomes known, for all of the account's region. Inspector charges by the
   * image.
   * @default true
   */
  readonly enhancedScanning?: boolean;
}

/** A role that the jobs of a CI system push images with. */
export interface RobotSpec {
  /** The role's name. */
  readonly name: string;
  /** The CI system, such as `GITHUB_ACTIONS`. */
  readonly issuer: OidcIssuer;
  /** Its jobs that may use the role: `[gitHubActions('acme/shop', { branch: 'main' })]`. */
  readonly subjects: readonly CiSubject[];
  /** Names of `repositories`. */
  readonly pushTo: readonly string[];
}

/** The registry, the domain and the CI robots that the environments share. */
export class SharedStack extends AwsStack {
  readonly scanning?: RegistrySettings;
  readonly zone?: HostedZone;
  /** By name. */
  readonly repositories: ReadonlyMap<string, ImageRepository>;
  readonly robots: readonly CiRobot[];
  readonly pullThroughCaches: readonly PullThroughCache[];

  constructor(scope: Construct, id: string, props: SharedProps) {
    super(scope, id, props);
    if (props.enhancedScanning ?? true) this.scanning = new RegistrySettings(this, 'scanning');
    if (props.domain) this.zone = new HostedZone(this, 'zone', { ...props.dns, zoneName: props.domain });
    this.repositories = this.addRepositories(props.repositories ?? []);
    this.robots = this.addRobots(props.robots ?? []);
    this.pullThroughCaches = (props.pullThroughCaches ?? []).map(
      (upstream) => new PullThroughCache(this, `pull-through-${upstream.kind}`, { upstream }),
    );
    this.addOutputs();
  }

  private addRepositories(repositories: readonly ImageRepositoryProps[]): ReadonlyMap<string, ImageRepository> {
    const scope = new Construct(this, 'repositories');
    return new Map(repositories.map((props) => [props.name, new ImageRepository(scope, idOf(props.name), props)]));
  }

  private addRobots(robots: readonly RobotSpec[]): readonly CiRobot[] {
    const issuers = new Map(robots.map(({ issuer }) => [issuer.issuer, issuer]));
    const providers = new Map(
      [...issuers.values()].map((issuer) => [issuer.issuer, new OidcProvider(this, idOf(issuer.issuer), issuer)]),
    );
    const scope = new Construct(this, 'robots');
    return robots.map(
      ({ name, issuer, subjects, pushTo }) =>
        new CiRobot(scope, name, {
          name,
          provider: providers.get(issuer.issuer)!,
          subjects,
          pushTo: pushTo.map((repository) => this.repository(name, repository)),
        }),
    );
  }

  private repository(robot: string, name: string): ImageRepository {
    const found = this.repositories.get(name);
    if (found) return found;
    throw new ValidationError(this.node.path, [
      `robot '${robot}' pushes to '${name}', which is none of the repositories ${[...this.repositories.keys()].join(', ')}: add it`,
    ]);
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
    for (const [id, output] of Object.entries(outputs)) new TerraformOutput(this, id, { ...output, staticId: true });
  }
}

/** Adds a `SharedStack` to the app if the command asks for it. */
export function addSharedStack(app: App, props: SharedProps): SharedStack | undefined {
  const { name = 'shared' } = props;
  return ifSelected(app, { stack: name }, () => new SharedStack(app, name, props));
}

/** Construct ids separate their parts by slashes. */
function idOf(name: string): string {
  return name.replace(/^https:\/\//, '').replaceAll('/', '-');
}

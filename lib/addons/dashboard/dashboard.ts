import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../../core/acknowledge';
import { check, type Problem } from '../../core/check';
import { checkOptions } from '../../core/check-props';
import { literalText } from '../../core/literal-text';
import { list, object, oneOf, optional, text, union } from '../../core/shape';
import { RESOURCES as RESOURCES_SHAPE, TMP, type EnvValue, type Resources } from '../../kubernetes/pod/container';
import { Ingress } from '../../kubernetes/ingress';
import type { AppIdentity } from '../../kubernetes/labels';
import type { NamespaceRef } from '../../kubernetes/namespace-ref';
import { toHttpsAnywhere } from '../../kubernetes/network-policy';
import { PodService } from '../../kubernetes/service';
import { ServiceAccount } from '../../kubernetes/service-account';
import type { Volume } from '../../kubernetes/pod/volume';
import { Workload } from '../../kubernetes/workload';
import { IMAGES } from '../../versions';
import type { AddOn } from '../../platform/add-on';
import { toApiServer } from '../../platform/api-server';
import type { Platform } from '../../platform/platform';

export interface DashboardProps {
  /**
   * Hostname on the ingress, one label below a domain of the environment. Anyone who can reach the load balancer sees the
   * login page.
   * @default none: only reachable with `kubectl -n dashboard port-forward service/headlamp 8080:80`
   */
  readonly host?: string;
  /**
   * How users log in; they have the permissions of their identity.
   * @default a token, of `aws eks get-token` or of `kubectl create token` for a service account
   */
  readonly login?: DashboardLogin;
  /** @default 50m and 128Mi */
  readonly resources?: Resources;
}

export type DashboardLogin =
  | { readonly kind: 'token' }
  | {
      /** The cluster needs the same identity provider (`aws_eks_identity_provider_config`), and RBAC for its users. */
      readonly kind: 'oidc';
      readonly issuerUrl: string;
      readonly clientId: string;
      /** In the namespace `dashboard`. */
      readonly clientSecret: { readonly secret: string; readonly key: string };
      /**
       * In addition to `openid`.
       * @default profile and email
       */
      readonly scopes?: readonly string[];
    };

type TokenLogin = Extract<DashboardLogin, { readonly kind: 'token' }>;
type OidcLogin = Extract<DashboardLogin, { readonly kind: 'oidc' }>;

export const DASHBOARD_LOGIN = union<DashboardLogin, 'kind'>('kind', {
  token: object<TokenLogin>({ kind: oneOf('token') }),
  oidc: object<OidcLogin>({
    kind: oneOf('oidc'),
    // Without query and fragment. Source: "OpenID Connect Discovery 1.0", section 3.
    issuerUrl: text('an https:// URL, such as https://login.example.com', /^https:\/\/[^\s/?#]+(\/[^\s?#]*)?$/),
    clientId: text('the id of the client at the identity provider'),
    clientSecret: object<OidcLogin['clientSecret']>({
      secret: text('the name of a Secret', /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/),
      key: text("a key of the Secret: letters, digits, '-', '_' and '.'", /^[-._a-zA-Z0-9]+$/),
    }),
    scopes: optional(list(text('a scope, such as groups', /^[^\s,]+$/))),
  }),
});

export const DASHBOARD_PROPS = object<DashboardProps>({
  host: optional(text('a hostname, such as dashboard.example.com', /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9-]+)+$/)),
  login: optional(DASHBOARD_LOGIN),
  resources: optional(RESOURCES_SHAPE),
});

const RESOURCES: Resources = { cpu: '50m', memory: '128Mi' };
const SCOPES = ['profile', 'email'];
/** A working day. */
const SESSION_SECONDS = 8 * 60 * 60;

/**
 * Headlamp, a web UI for the cluster. It has no permissions of its own: it uses those of the logged-in user. The
 * Kubernetes Dashboard project is archived.
 */
export function dashboard(props: DashboardProps = {}): AddOn {
  checkOptions('dashboard', props, DASHBOARD_PROPS, ({ host, login }) => [
    login?.kind === 'oidc' &&
      host === undefined &&
      "login.kind 'oidc' requires host, to which the identity provider redirects the browser: set host",
  ]);
  return {
    name: 'dashboard',
    requires: props.host === undefined ? [] : ['ingress'],
    platform: (scope, platform) => void new Dashboard(scope, 'headlamp', props, platform),
  };
}

const IDENTITY: AppIdentity = { name: 'headlamp', component: 'dashboard', partOf: 'platform' };
const PORT = 4466;
/** The image's user, which can read the plugins. */
const USER = { user: 100, group: 101 };
/** Each container start copies the frontend, tens of MiB, to a new directory here. */
const TMP_VOLUME: Volume = { kind: 'empty-dir', sizeLimit: '256Mi' };

class Dashboard extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: DashboardProps,
    private readonly platform: Platform,
  ) {
    super(scope, id);
    literalText(this);
    check(this, hostProblem(props, platform.facts));

    const namespace = platform.namespace('dashboard');
    const { workload } = this.addWorkload(namespace);
    acknowledge(
      workload,
      'kube-score/container-security-context-user-group-id',
      'The user of the image, who owns its files; the node has no such user',
    );
    const service = new PodService(this, 'service', {
      namespace,
      identity: IDENTITY,
      ports: { http: { port: 80, target: 'http' } },
    });
    if (props.host !== undefined) this.addIngress(namespace, service, props.host);
  }

  private addWorkload(namespace: NamespaceRef): Workload {
    const oidc = this.props.login?.kind === 'oidc' ? this.props.login : undefined;
    return new Workload(this, 'workload', {
      namespace,
      identity: IDENTITY,
      // One: an OIDC login must return to the process that started it.
      controller: { kind: 'deployment', replicas: 1 },
      containers: [
        {
          name: 'headlamp',
          image: IMAGES.headlamp,
          args: this.args(),
          env: oidc ? { HEADLAMP_CONFIG_OIDC_CLIENT_SECRET: oidc.clientSecret satisfies EnvValue } : {},
          ports: { http: PORT },
          resources: this.props.resources ?? RESOURCES,
          readiness: { path: '/', port: 'http' },
          liveness: { tcp: 'http' },
        },
      ],
      // It finds the API server through a service account token, which has no permissions.
      serviceAccount: new ServiceAccount(this, 'account', { namespace, identity: IDENTITY, token: 'always' }),
      volumes: { [TMP]: TMP_VOLUME },
      runAs: USER,
      priorityClass: this.platform.priorityClass('platform'),
      requestPorts: this.props.host === undefined ? [] : ['http'],
      egress: [toApiServer(this.platform.facts), ...(oidc ? [toHttpsAnywhere()] : [])],
    });
  }

  private args(): string[] {
    const { login } = this.props;
    return Object.entries({
      'in-cluster': true,
      'in-cluster-context-name': this.platform.facts.name,
      'plugins-dir': '/headlamp/plugins',
      'session-ttl': SESSION_SECONDS,
      ...(login?.kind === 'oidc' && {
        'oidc-idp-issuer-url': login.issuerUrl,
        'oidc-client-id': login.clientId,
        'oidc-scopes': (login.scopes ? [...login.scopes].sort() : SCOPES).join(','),
        'oidc-callback-url': `https://${this.props.host}/oidc-callback`,
      }),
    }).map(([flag, value]) => `-${flag}=${value}`);
  }

  private addIngress(namespace: NamespaceRef, service: PodService, host: string): Ingress {
    return new Ingress(this, 'ingress', {
      namespace,
      identity: IDENTITY,
      ingressClass: this.platform.facts.ingress.className,
      routes: [{ host, service, port: 'http' }],
    });
  }
}

function hostProblem({ host }: DashboardProps, { domain, domains = [] }: Platform['facts']): Problem {
  const all = [domain, ...domains];
  return (
    host !== undefined &&
    !Token.isUnresolved(host) &&
    !all.some((one) => isBelow(host, one)) &&
    `host '${host}' must be one label below ${all.join(' or ')}, which the load balancer's certificate covers, such as dashboard.${domain}`
  );
}

function isBelow(host: string, domain: string): boolean {
  const [label = '', ...rest] = host.split('.');
  return /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(label) && rest.join('.') === domain;
}

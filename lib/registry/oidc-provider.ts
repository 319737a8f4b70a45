import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import { list, object, optional, ref, text, type Shapes } from '../core/shape';
import { claimSingleton } from './singleton';

/** The issuer of the tokens that CI jobs present. */
export interface OidcIssuer {
  /** `https://...`, without a trailing slash. */
  readonly issuer: string;
  /** The required `aud` claim, which the job requests. */
  readonly audience: string;
}

/** An IAM OIDC provider: an `OidcProvider`, or an existing one as a plain object. */
export interface OidcProviderRef extends OidcIssuer {
  readonly providerArn: string;
}

export interface OidcProviderProps extends OidcIssuer {
  /**
   * SHA-1 thumbprints of the issuer's CA, needed only if AWS does not trust the CA by default.
   * @default none
   */
  readonly thumbprints?: readonly string[];
}

export const OIDC_ISSUER: Shapes<OidcIssuer> = {
  issuer: text(
    'the URL of an issuer without a trailing slash, such as https://gitlab.com',
    /^https:\/\/[^\s?#]*[^\s?#/]$/,
  ),
  audience: text('the aud claim of the tokens, such as sts.amazonaws.com'),
};

export const OIDC_PROVIDER_REF = ref<OidcProviderRef>('an OIDC provider, such as new OidcProvider(...)', {
  ...OIDC_ISSUER,
  providerArn: text(
    'an ARN, such as arn:aws:iam::123456789012:oidc-provider/gitlab.com',
    /^arn:aws[a-z-]*:iam::\d{12}:oidc-provider\/.+$/,
  ),
});

const OIDC_PROVIDER_PROPS = object<OidcProviderProps>({ ...OIDC_ISSUER, thumbprints: optional(list(text())) });

/**
 * The audience is the default of `aws-actions/configure-aws-credentials`.
 * Source: "Configuring OpenID Connect in Amazon Web Services", GitHub Docs.
 */
export const GITHUB_ACTIONS: OidcIssuer = {
  issuer: 'https://token.actions.githubusercontent.com',
  audience: 'sts.amazonaws.com',
};

/** Jobs set the audience: `id_tokens: { TOKEN: { aud: https://gitlab.com } }`. */
export const GITLAB: OidcIssuer = { issuer: 'https://gitlab.com', audience: 'https://gitlab.com' };

const THUMBPRINT = /^[0-9a-fA-F]{40}$/;

/** Makes the account trust a CI system's tokens. IAM allows one provider per issuer: declare it once per account. */
export class OidcProvider extends Construct implements OidcProviderRef {
  readonly provider: IamOpenidConnectProvider;
  readonly providerArn: string;
  readonly issuer: string;
  readonly audience: string;

  constructor(scope: Construct, id: string, props: OidcProviderProps) {
    super(scope, id);
    checkProps(this, props, OIDC_PROVIDER_PROPS);
    check(
      this,
      ...(props.thumbprints ?? []).map(
        (thumbprint) =>
          !THUMBPRINT.test(thumbprint) &&
          `thumbprints has '${thumbprint}', which is not a valid thumbprint: use 40 hexadecimal digits`,
      ),
      claimSingleton(this, `the identity provider ${props.issuer} of account ${awsContext(this).account}`),
    );

    this.provider = new IamOpenidConnectProvider(this, 'provider', {
      url: props.issuer,
      clientIdList: [props.audience],
      thumbprintList: props.thumbprints ? [...props.thumbprints] : undefined,
    });
    this.providerArn = this.provider.arn;
    this.issuer = props.issuer;
    this.audience = props.audience;
  }
}

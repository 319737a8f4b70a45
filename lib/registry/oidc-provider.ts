import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { check } from '../core/check';
import { claimSingleton } from './singleton';

/** Who signs the tokens that CI jobs present. */
export interface OidcIssuer {
  /** `https://...`, without a slash at the end. */
  readonly issuer: string;
  /** What a token must be meant for: the `aud` that the job asks for. */
  readonly audience: string;
}

/** An identity provider of the account, of ours or an existing one as a plain object. */
export interface OidcProviderRef extends OidcIssuer {
  readonly providerArn: string;
}

export interface OidcProviderProps extends OidcIssuer {
  /**
   * SHA-1 fingerprints of the issuer's CA, needed only where AWS does not know the CA.
   * @default none
   */
  readonly thumbprints?: readonly string[];
}

/** Source: "Configuring OpenID Connect in Amazon Web Services", GitHub Docs; the audience is the AWS action's default. */
export const GITHUB_ACTIONS: OidcIssuer = {
  issuer: 'https://token.actions.githubusercontent.com',
  audience: 'sts.amazonaws.com',
};

/** Jobs state the audience: `id_tokens: { TOKEN: { aud: https://gitlab.com } }`. */
export const GITLAB: OidcIssuer = { issuer: 'https://gitlab.com', audience: 'https://gitlab.com' };

const ISSUER = /^https:\/\/[^\s?#]*[^\s?#/]$/;
const THUMBPRINT = /^[0-9a-fA-F]{40}$/;

/** Makes the account trust a CI system's tokens. IAM has one provider for an issuer: declare it once for the account. */
export class OidcProvider extends Construct implements OidcProviderRef {
  readonly provider: IamOpenidConnectProvider;
  readonly providerArn: string;
  readonly issuer: string;
  readonly audience: string;

  constructor(scope: Construct, id: string, props: OidcProviderProps) {
    super(scope, id);
    check(
      this,
      !ISSUER.test(props.issuer) && `issuer '${props.issuer}' must be https://..., without a slash at the end`,
      props.audience === '' && 'audience must not be empty',
      ...(props.thumbprints ?? []).map(
        (thumbprint) => !THUMBPRINT.test(thumbprint) && `thumbprints has '${thumbprint}': write 40 hexadecimal digits`,
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

import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';

/** What Terraform reads for a token. Every use of an attribute is a token of its own: the text tells whether two are equal. */
export function resolveToken(scope: IConstruct, token: string): string {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return String(Tokenization.resolve(token, { scope, resolver, preparing: false }));
}

import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';

/** The Terraform expression of a token. Each use of an attribute is a different token: compare them resolved. */
export function resolveToken(scope: IConstruct, token: string): string {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return String(Tokenization.resolve(token, { scope, resolver, preparing: false }));
}

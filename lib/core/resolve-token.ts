import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';

/** The Terraform expression of a token. Every use of an attribute is a different token: only the resolved references can be compared. */
export function resolveToken(scope: IConstruct, token: string): string {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return String(Tokenization.resolve(token, { scope, resolver, preparing: false }));
}

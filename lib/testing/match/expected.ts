import { DefaultTokenResolver, StringConcat, Token, Tokenization, type TerraformStack } from 'cdktf';
import type { ResourceClass, ResourceType } from '../resource-type';
import { isAsymmetric, isPlainObject, type Asymmetric } from './attribute-names';

/** A partial value, at any depth. */
export type Partly<T> =
  | Asymmetric
  | (T extends string | number | boolean | null | undefined | { resolve: (...args: never[]) => unknown }
      ? T
      : T extends readonly (infer Item)[]
        ? readonly Partly<Item>[]
        : T extends object
          ? { readonly [Key in keyof T]?: Partly<T[Key]> }
          : T);

/** A part of a resource's configuration, as in its class's props; any attributes for a type given by name. */
export type Expected<T extends ResourceType> = T extends ResourceClass
  ? Partly<Omit<NonNullable<ConstructorParameters<T>[2]>, 'dependsOn' | 'connection' | 'provisioners' | 'forEach'>>
  : Readonly<Record<string, unknown>>;

/** Resolves tokens, such as `vpc.id`, in the stack. */
export function resolveTokens(value: unknown, stack: TerraformStack | undefined): unknown {
  if (isAsymmetric(value)) return value;
  if (Token.isUnresolved(value)) {
    if (!stack)
      throw new Error(
        'the expectation contains a token, which a stack read from a directory cannot resolve: use the resolved string',
      );
    const resolver = new DefaultTokenResolver(new StringConcat());
    return Tokenization.resolve(value, { scope: stack, resolver, preparing: false });
  }
  if (Array.isArray(value)) return value.map((item) => resolveTokens(item, stack));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveTokens(item, stack)]));
}

import { Fn, Token } from 'cdktf';
import { isRecord, sortedRecord } from './record';

/** JSON with keys sorted at every depth, so that their order causes no diff. */
export function canonicalJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isRecord(inner) ? sortedRecord(inner) : inner), indent);
}

/** The same for an attribute, whose value may contain tokens: lists and objects of Terraform are encoded by Terraform. */
export function jsonAttribute(value: unknown, indent?: number): string {
  return hasStructuredToken(value) ? Fn.jsonencode(value) : canonicalJson(value, indent);
}

/** Tokens of strings and numbers are resolved within text, others are not. */
function hasStructuredToken(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Token.isUnresolved(value) || Object.values(value).some(hasStructuredToken);
}

import { isRecord, sortedRecord } from './record';

/** JSON with keys sorted at every depth, so that their order causes no diff. */
export function canonicalJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isRecord(inner) ? sortedRecord(inner) : inner), indent);
}

import { isRecord } from '../../core/record';
import type { TerraformJson } from '../terraform-json';

/**
 * Blocks in `terraform` that an offline run does not use: where the real state is, and how OpenTofu encrypts it, which
 * may run a command.
 * Source: "State and Plan Encryption", https://opentofu.org/docs/language/state/encryption/
 */
export const UNUSED_SETTINGS: readonly string[] = ['backend', 'cloud', 'encryption'];

/** Leaves out the settings that an offline run does not use. */
export function withoutSettings(json: TerraformJson): TerraformJson {
  const { terraform } = json;
  if (terraform === undefined) return json;
  const kept = (settings: unknown): unknown =>
    isRecord(settings)
      ? Object.fromEntries(Object.entries(settings).filter(([name]) => !UNUSED_SETTINGS.includes(name)))
      : settings;
  const all = terraform as unknown;
  return { ...json, terraform: (Array.isArray(all) ? all.map(kept) : kept(all)) as TerraformJson['terraform'] };
}

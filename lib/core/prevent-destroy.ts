import type { TerraformResourceLifecycle } from 'cdktf';

/**
 * Terraform rejects every plan that would destroy or replace the resource, before anything is changed: a service's own
 * deletion protection stops an apply only halfway. A resource that is removed from the configuration takes its
 * `prevent_destroy` with it.
 */
export function preventDestroy(deletionProtection: boolean): TerraformResourceLifecycle | undefined {
  return deletionProtection ? { preventDestroy: true } : undefined;
}

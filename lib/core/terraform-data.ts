import { TerraformResource, type TerraformMetaArguments } from 'cdktf';
import type { Construct } from 'constructs';

/** Arguments of `terraform_data`, as Terraform spells them. */
export type TerraformDataArguments =
  | { readonly input: string }
  /** A change of any replaces the resource. */
  | { readonly triggers_replace: readonly string[] };

/** A value in the state. Not cdktf's DataResource, which runs `terraform version` at every synth. */
export class TerraformData extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly given: TerraformDataArguments,
    meta: TerraformMetaArguments = {},
  ) {
    super(scope, id, { terraformResourceType: 'terraform_data', ...meta });
  }

  /** The address, for expressions and `lifecycle.replaceTriggeredBy`. */
  get reference(): string {
    return `${this.terraformResourceType}.${this.friendlyUniqueId}`;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.given };
  }
}

import { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * A value in the state whose change replaces a resource, where the provider would report an update that changes nothing: name it
 * in the resource's `replaceTriggeredBy`. A value that is first recorded replaces nothing, so that existing resources stay.
 */
export class ReplacementTrigger<T extends string = string> extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    readonly value: T,
  ) {
    // Not cdktf's DataResource, which runs `terraform version` at every synth.
    super(scope, id, { terraformResourceType: 'terraform_data' });
  }

  /** For `lifecycle.replaceTriggeredBy`. */
  get reference(): string {
    return `${this.terraformResourceType}.${this.friendlyUniqueId}`;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.value };
  }
}

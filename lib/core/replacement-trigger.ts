import type { Construct } from 'constructs';
import { TerraformData } from './terraform-data';

/**
 * A value in the state whose change replaces a resource, where the provider would report an update that changes nothing: name its
 * `reference` in the resource's `replaceTriggeredBy`. A value that is first recorded replaces nothing, so that existing resources
 * stay.
 */
export class ReplacementTrigger<T extends string = string> extends TerraformData {
  constructor(
    scope: Construct,
    id: string,
    readonly value: T,
  ) {
    super(scope, id, { input: value });
  }
}

import { TerraformResource, Token, type TerraformMetaArguments } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * A resource typed like the provider's class and synthesized like it, for classes with many nested blocks: those take 4 to
 * 60 ms each to load.
 */
export class LightResource<Config extends TerraformMetaArguments = TerraformMetaArguments> extends TerraformResource {
  /** `type` is the type in Terraform, such as `kubernetes_deployment_v1`. */
  constructor(
    scope: Construct,
    id: string,
    type: string,
    readonly config: Config,
  ) {
    super(scope, id, {
      terraformResourceType: type,
      terraformGeneratorMetadata: { providerName: type.slice(0, type.indexOf('_')) },
      ...config,
    });
  }

  /** A reference: what uses it is created after the object, and after the pods of a controller are ready. */
  get id(): string {
    return this.getStringAttribute('id');
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    // Written by the base class, as all meta-arguments.
    const { lifecycle: _, ...attributes } = this.config;
    return toTerraform(attributes) as Record<string, unknown>;
  }
}

/** Maps with arbitrary keys, which are not attributes. */
const MAPS = new Set(['annotations', 'labels', 'limits', 'matchLabels', 'nodeSelector', 'requests', 'tags']);

/** Attributes are snake_case in Terraform. */
function toTerraform(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toTerraform);
  if (value === null || typeof value !== 'object' || Token.isUnresolved(value)) return value;
  const attributes: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) attributes[snakeCase(key)] = MAPS.has(key) ? item : toTerraform(item);
  }
  return attributes;
}

const snakeCases = new Map<string, string>();

function snakeCase(key: string): string {
  const known = snakeCases.get(key);
  if (known !== undefined) return known;
  const attribute = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeCases.set(key, attribute);
  return attribute;
}

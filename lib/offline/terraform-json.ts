/** The parts of `cdk.tf.json` that are read here. */
export interface TerraformJson {
  readonly terraform?: Readonly<Record<string, unknown>>;
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly resource?: BlocksByType;
  readonly data?: BlocksByType;
  readonly ephemeral?: BlocksByType;
  readonly module?: Readonly<Record<string, Attributes>>;
  readonly moved?: unknown;
  readonly removed?: unknown;
  readonly output?: Readonly<Record<string, Attributes>>;
  readonly '//'?: { readonly outputs?: Readonly<Record<string, unknown>> };
}

export type BlocksByType = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

export type Attributes = Readonly<Record<string, unknown>>;

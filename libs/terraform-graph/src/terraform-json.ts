/** Terraform configuration in JSON, as cdktf writes it to `cdk.tf.json`. */
export type TerraformJson = Readonly<Record<string, unknown>>;

/** Stacks, each one Terraform state. */
export interface Configuration {
  /** Terraform JSON by the stack's name, e.g. `sandbox-network-eu-west-1`. */
  readonly stacks: Readonly<Record<string, TerraformJson>>;
}

export type JsonRecord = Readonly<Record<string, unknown>>;

/** Whether a value is an object with keys: neither null nor a list. */
export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value as an object; an empty one for anything else. */
export const record = (value: unknown): JsonRecord => (isRecord(value) ? value : {});

/** A resource or a data source of one of the zone's stacks. */
export interface Resource {
  /** e.g. `sandbox-network-eu-west-1` */
  readonly stack: string;
  /** e.g. `aws_vpc`, or `data.aws_ssm_parameter` */
  readonly type: string;
  /** e.g. `Vpc_8378EB38` */
  readonly name: string;
  /** The account's id and the region of its provider; `undefined` where the provider does not say. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** Its arguments, not evaluated. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Stack and Terraform address, e.g. `sandbox-network-eu-west-1/aws_vpc.Vpc_8378EB38`. */
  readonly label: string;
}

import { type JsonRecord } from "./terraform-json";
import { type Value } from "./value";

/** A resource or a data source of one stack. One that is multiplied by `count` or `for_each` is several. */
export interface Resource {
  /** The stack's name, e.g. `sandbox-network-eu-west-1`. */
  readonly stack: string;
  /** e.g. `aws_vpc`, or `data.aws_ssm_parameter` */
  readonly type: string;
  /** e.g. `Vpc_8378EB38`, or `Subnet["a"]` for one of several. */
  readonly name: string;
  /** The Terraform address, e.g. `aws_vpc.Vpc_8378EB38`, or what `address` in its metadata says. */
  readonly address: string;
  /** Stack and address, e.g. `sandbox-network-eu-west-1/aws_vpc.Vpc_8378EB38`. */
  readonly label: string;
  /** The account's id of its provider; `undefined` where the provider does not say. */
  readonly account: string | undefined;
  /** The region that it names, else that of its provider; `undefined` where neither says. */
  readonly region: string | undefined;
  /** Its arguments, not evaluated. */
  readonly config: JsonRecord;
  /** What `each` and `count` stand for in its arguments. */
  readonly variables: Readonly<Record<string, Value>>;
  /** Whether it is not known how many of it there are: perhaps none. */
  readonly uncertain: boolean;
  /** What a comment notes beside a resource: for cdktf its construct path and more, and exceptions. Empty elsewhere. */
  readonly metadata: JsonRecord;
}

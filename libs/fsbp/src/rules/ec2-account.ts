import { mustBeOneOf, mustBeTrue } from "../expect";
import { type PlaceRule } from "../rule";
import { type Subject } from "../subject";
import { any, nonCompliant, type Verdict } from "../verdict";

/** A setting that each region of an account must have. */
const setting = (
  control: string,
  type: string,
  wanted: string,
  judge: (setting: Subject) => Verdict,
): PlaceRule => ({
  control,
  each: "region",
  types: [type],
  judge: (here) =>
    here.length === 0 ? nonCompliant("", `no ${type} in the region`, wanted) : any(...here.map(judge)),
});

export const accountRules: readonly PlaceRule[] = [
  /** EC2.7: new EBS volumes are encrypted by default. */
  setting("EC2.7", "aws_ebs_encryption_by_default", "one that is enabled", (each) =>
    mustBeTrue(each, "enabled", true),
  ),
  /** EC2.172: nothing gets into the VPCs of the region through an internet gateway. Exclusions are not judged. */
  setting("EC2.172", "aws_vpc_block_public_access_options", "one that blocks internet gateways", (each) =>
    mustBeOneOf(each, "internet_gateway_block_mode", ["block-bidirectional", "block-ingress"]),
  ),
  /** EC2.182: no EBS snapshot is shared with everyone, also none that already was. */
  setting("EC2.182", "aws_ebs_snapshot_block_public_access", "one that blocks all sharing", (each) =>
    mustBeOneOf(each, "state", ["block-all-sharing"]),
  ),
];

import { mustBeTrue } from "../expect";
import { type ResourceRule } from "../rule";
import { all, type Verdict } from "../verdict";
import { type View } from "../view";
import { PUBLIC_ACCESS_FLAGS } from "./s3-account";

/** Each flag is true; so is one that is left out. */
const blocksPublicAccess = (view: View, block: string): Verdict =>
  all(...PUBLIC_ACCESS_FLAGS.map((flag) => mustBeTrue(view, `${block}.${flag}`, true)));

export const s3AccessPointRules: readonly ResourceRule[] = [
  /** S3.19: access points block public access. */
  {
    control: "S3.19",
    types: ["aws_s3_access_point"],
    judge: (point) => blocksPublicAccess(point, "public_access_block_configuration"),
  },
  /** S3.24: Multi-Region Access Points block public access. */
  {
    control: "S3.24",
    types: ["aws_s3control_multi_region_access_point"],
    judge: (point) => blocksPublicAccess(point, "details.public_access_block"),
  },
];

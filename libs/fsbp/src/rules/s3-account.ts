import { mustBeTrue } from "../expect";
import { type PlaceRule } from "../rule";
import { all, any, nonCompliant } from "../verdict";

export const PUBLIC_ACCESS_FLAGS = [
  "block_public_acls",
  "block_public_policy",
  "ignore_public_acls",
  "restrict_public_buckets",
] as const;

/** S3.1: the account blocks public access to all of its buckets. */
export const s3AccountRule: PlaceRule = {
  control: "S3.1",
  each: "account",
  types: ["aws_s3_account_public_access_block"],
  judge: (here) =>
    here.length === 0
      ? nonCompliant(
          "",
          "no aws_s3_account_public_access_block in the account",
          "one with all four flags true",
        )
      : any(...here.map((block) => all(...PUBLIC_ACCESS_FLAGS.map((flag) => mustBeTrue(block, flag))))),
};

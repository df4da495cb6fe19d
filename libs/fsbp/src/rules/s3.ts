import { type Rule } from "../rule";
import { s3AccessPointRules } from "./s3-access-points";
import { s3AccountRule } from "./s3-account";
import { s3BucketRules } from "./s3-bucket";
import { s3BucketPolicyRules } from "./s3-bucket-policy";
import { s3PublicAccessRules } from "./s3-public-access";

/** The controls of S3, by what they judge. */
export const s3Rules: readonly Rule[] = [
  s3AccountRule,
  ...s3BucketRules,
  ...s3BucketPolicyRules,
  ...s3PublicAccessRules,
  ...s3AccessPointRules,
];

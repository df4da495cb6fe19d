import { type ResourceRule } from "../rule";
import { kmsDecryptionRules } from "./kms-decryption";
import { notPublic } from "./policy-verdict";

export const kmsRules: readonly ResourceRule[] = [
  ...kmsDecryptionRules,
  /** KMS.5: no key policy lets everyone in. */
  notPublic("KMS.5", [
    "aws_kms_key",
    "aws_kms_replica_key",
    "aws_kms_external_key",
    "aws_kms_replica_external_key",
    "aws_kms_key_policy",
  ]),
];

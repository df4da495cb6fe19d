import { type Zone } from "@landfall/core";
import { stateBucketName } from "@landfall/stack";
import { type Statement } from "./policy-document";

/**
 * Lets a role use the zone's Terraform states: read them, and lock them with an object beside each; to write is to deploy.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#s3-bucket-permissions
 */
export function stateStatements(
  zone: Zone,
  stateKeyArn: string,
  access: "read" | "write",
): readonly Statement[] {
  const bucket = `arn:aws:s3:::${stateBucketName(zone)}`;
  const allow = (
    Sid: string,
    Action: string | readonly string[],
    Resource: string | readonly string[],
  ): Statement => ({ Sid, Effect: "Allow", Action, Resource });
  return [
    allow("ListStates", "s3:ListBucket", bucket),
    allow("ReadStates", "s3:GetObject", `${bucket}/*`),
    allow("LockStates", ["s3:DeleteObject", "s3:PutObject"], `${bucket}/*.tflock`),
    allow("UseStateKey", ["kms:Decrypt", "kms:GenerateDataKey"], stateKeyArn),
    ...(access === "write" ? [allow("WriteStates", "s3:PutObject", `${bucket}/*.tfstate`)] : []),
  ];
}

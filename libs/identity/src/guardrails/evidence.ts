import { type Statement } from "../policy-document";
import { type Ground } from "../zone-roles";

/** What takes a version of an object away before its time. */
const DELETE_VERSIONS = ["s3:Bypass*", "s3:DeleteObjectVersion", "s3:PutObjectLegal*", "s3:PutObjectRet*"];

/**
 * What nobody stops or destroys with a role of the zone: the records of what was done, and what watches. What Terraform
 * calls to set them up is not among it.
 *
 * @param kept whether even old versions are kept from them: a zone that locks in governance mode lets break-glass delete
 */
export function keepsEvidence({ zone, account }: Ground, kept: boolean): readonly Statement[] {
  // What the zone logged, and what sentinel recorded.
  const logs = ["logging", "sentinel"].map((stack) => `arn:aws:s3:::${zone.name}-${stack}-*`);
  const states = [`arn:aws:s3:::${zone.name}-state-*`, `arn:aws:s3:::${zone.name}-bootstrap-*`];
  const deny = (
    Sid: string,
    Action: readonly string[],
    Resource: string | readonly string[] = "*",
  ): Statement => ({ Sid, Effect: "Deny", Action, Resource });
  return [
    deny("KeepTrail", ["cloudtrail:Delete*", "cloudtrail:Stop*"]),
    deny(
      "KeepTrailLogs",
      ["logs:DeleteLog*", "logs:DeleteRet*"],
      `arn:aws:logs:*:${account.id}:log-group:/aws/cloudtrail/${zone.name}-*`,
    ),
    deny("KeepRecorder", [
      "config:DeleteConfigurationRecorder",
      "config:DeleteDeliveryChannel",
      "config:Stop*",
    ]),
    // `Dis` is to disable or to disassociate.
    deny("KeepDetection", [
      "access-analyzer:DeleteAnalyzer",
      "guardduty:Delete*",
      "guardduty:Dis*",
      "guardduty:Stop*",
      "inspector2:Dis*",
      "macie2:DeleteMember",
      "macie2:Dis*",
      "macie2:UpdateMacie*",
      "securityhub:BatchDis*",
      "securityhub:DeleteMembers",
      "securityhub:Dis*",
    ]),
    // An asterisk of an S3 pattern takes slashes too: each is for a bucket and for its objects.
    deny("KeepArchive", ["s3:DeleteBucket*", ...(kept ? DELETE_VERSIONS : [])], [...logs, ...states]),
    ...(kept ? [deny("KeepLogs", ["s3:DeleteObject", "s3:PutObject"], logs)] : []),
  ];
}

import { type Statement } from "../policy-document";
import { type Ground } from "../zone-roles";

/** What takes a version of an object away before its time. */
const DELETE_VERSIONS = [
  "s3:BypassGovernanceRetention",
  "s3:DeleteObjectVersion",
  "s3:PutObjectLegalHold",
  "s3:PutObjectRetention",
];

/**
 * What nobody stops or destroys with a role of the zone: the records of what was done, and what watches. What Terraform
 * calls to set them up is not among it.
 *
 * @param kept whether even old versions are kept from them: a zone that locks in governance mode lets break-glass delete
 */
export function keepsEvidence({ zone, account }: Ground, kept: boolean): readonly Statement[] {
  const logs = `arn:aws:s3:::${zone.name}-logging-*`;
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
      ["logs:DeleteLog*", "logs:DeleteRetentionPolicy"],
      `arn:aws:logs:*:${account.id}:log-group:/aws/cloudtrail/${zone.name}-*`,
    ),
    deny("KeepRecorder", [
      "config:DeleteConfigurationRecorder",
      "config:DeleteDeliveryChannel",
      "config:StopConfigurationRecorder",
    ]),
    // `Dis` is to disable or to disassociate.
    deny("KeepDetection", [
      "access-analyzer:DeleteAnalyzer",
      "guardduty:Delete*",
      "guardduty:Dis*",
      "guardduty:StopMonitoringMembers",
      "inspector2:Dis*",
      "macie2:DeleteMember",
      "macie2:Dis*",
      "macie2:UpdateMacieSession",
      "securityhub:BatchDis*",
      "securityhub:DeleteMembers",
      "securityhub:Dis*",
    ]),
    // An asterisk of an S3 pattern takes slashes too: each is for a bucket and for its objects.
    deny(
      "KeepArchive",
      ["s3:DeleteBucket", "s3:DeleteBucketPolicy", ...(kept ? DELETE_VERSIONS : [])],
      [logs, ...states],
    ),
    ...(kept ? [deny("KeepLogs", ["s3:DeleteObject", "s3:PutObject"], logs)] : []),
  ];
}

import { type ServiceUser } from "@landfall/keys";
import { type ZoneStack } from "@landfall/stack";
import { archivedAccounts, logArchiveAccount, trailAccount, trailArn } from "./log-names";

/**
 * The services that write logs with the key of an account and region. In the log archive of an organization they do so on
 * behalf of every account of the zone, and of no other.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html,
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html,
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html,
 * https://docs.aws.amazon.com/config/latest/developerguide/s3-kms-key-policy.html
 */
export function logsKeyUsers({ zone, account, region, isHomeRegion }: ZoneStack): ServiceUser[] {
  const sources = archivedAccounts(zone, account);
  const archives = account.id === logArchiveAccount(zone)?.id;
  const trail = { "aws:SourceArn": trailArn(zone) };
  const trailUsers: ServiceUser[] = [
    {
      sid: "TrailEncrypts",
      service: "cloudtrail.amazonaws.com",
      actions: ["kms:GenerateDataKey*"],
      condition: {
        StringEquals: trail,
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${trailAccount(zone).id}:trail/*`,
        },
      },
    },
    {
      // The bucket's key, which S3 keeps for a while, is decrypted to encrypt the next file.
      sid: "TrailUsesBucketKey",
      service: "cloudtrail.amazonaws.com",
      actions: ["kms:Decrypt", "kms:DescribeKey"],
      condition: { StringEquals: trail },
    },
  ];
  return [
    {
      sid: "LogGroups",
      service: `logs.${region}.amazonaws.com`,
      condition: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account.id}:*` },
      },
    },
    {
      sid: "DeliveredLogs",
      service: "delivery.logs.amazonaws.com",
      condition: {
        StringEquals: { "aws:SourceAccount": sources },
        ArnLike: { "aws:SourceArn": sources.map((source) => `arn:aws:logs:${region}:${source}:*`) },
      },
    },
    ...(archives && zone.services.config
      ? [
          {
            sid: "ConfigSnapshots",
            service: "config.amazonaws.com",
            actions: ["kms:Decrypt", "kms:GenerateDataKey"],
            condition: { StringEquals: { "aws:SourceAccount": sources } },
          },
        ]
      : []),
    ...(archives && isHomeRegion ? trailUsers : []),
  ];
}

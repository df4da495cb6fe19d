import { type Statement } from "@landfall/identity";
import { type IKey } from "@landfall/keys";
import { ZoneStack } from "@landfall/stack";
import { Bucket, type BucketProps, type IBucket } from "@landfall/storage";
import { Construct } from "constructs";
import { archiveTiers } from "./archive-tiers";
import { configStatements, deliveryStatements, trailStatements } from "./delivery-statements";
import { guardLogs } from "./guard-logs";
import { archivedAccounts, type LogBucket, logBucketName } from "./log-names";

export interface LogArchiveProps {
  readonly encryptionKey: IKey;
  /** Name of the bucket that takes the archive's own server access logs. */
  readonly accessLogBucketName: string;
  /** Id of the organization whose accounts the trail records. @default none: it records this account */
  readonly organizationId?: string;
}

/**
 * Where a region's logs are kept, for every account of the zone:
 *
 * - `archive` what CloudWatch's delivery service writes: flow logs, resolver query logs, Network Firewall logs
 * - `config` what AWS Config writes, where the zone records; AWS Config can't write to a bucket with Object Lock
 * - `trail` what CloudTrail writes, in the home region; locked for the zone's archive days
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-config-deliverychannel.html
 */
export class LogArchive extends Construct {
  readonly archive: IBucket;
  readonly config: IBucket | undefined;
  readonly trail: IBucket | undefined;

  constructor(scope: Construct, id: string, props: LogArchiveProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone, account, region } = stack;
    const { archiveDays, lock } = zone.retention;
    const sources = archivedAccounts(zone, account);
    const bucket = (
      name: LogBucket,
      construct: string,
      delivery: (bucketArn: string) => Statement[],
      more: Pick<BucketProps, "lock"> = {},
    ): IBucket =>
      new Bucket(this, construct, {
        name,
        bucketName: logBucketName(zone, name, account, region),
        encryptionKey: props.encryptionKey,
        accessLogBucketName: props.accessLogBucketName,
        expirationDays: archiveDays,
        tiers: archiveTiers(archiveDays),
        statements: (bucketArn) => [...delivery(bucketArn), ...guardLogs(zone, account, bucketArn)],
        ...more,
      });

    this.archive = bucket("archive", "Archive", (arn) => deliveryStatements(arn, sources, region));
    this.config = zone.services.config
      ? bucket("config", "Config", (arn) => configStatements(arn, sources))
      : undefined;
    this.trail = stack.isHomeRegion
      ? bucket("trail", "Trail", (arn) => trailStatements(arn, zone, props.organizationId), {
          lock: { mode: lock, days: archiveDays },
        })
      : undefined;
  }
}

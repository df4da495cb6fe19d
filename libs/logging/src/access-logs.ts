import { type Statement } from "@landfall/identity";
import { ZoneStack } from "@landfall/stack";
import { Bucket, type IBucket } from "@landfall/storage";
import { Construct } from "constructs";
import { guardLogs } from "./guard-logs";
import { logBucketName } from "./log-names";

/**
 * The bucket of an account and region for the server access logs of its buckets and the access logs of its load balancers:
 * both are written only to a bucket in the same region that is encrypted with S3's own key, and S3 writes them to none
 * with Object Lock.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshooting-server-access-logging.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export class AccessLogs extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { zone, account, region } = ZoneStack.of(this);
    this.bucket = new Bucket(this, "Resource", {
      name: "access-logs",
      bucketName: logBucketName(zone, "access-logs", account, region),
      encryptionKey: "s3-managed",
      accessLogBucketName: "none",
      expirationDays: zone.retention.archiveDays,
      statements: (bucketArn): Statement[] => [
        {
          Sid: "ServerAccessLogs",
          Effect: "Allow",
          Principal: { Service: "logging.s3.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: `${bucketArn}/*`,
          Condition: { StringEquals: { "aws:SourceAccount": account.id } },
        },
        {
          // Load balancers write below the id of their own account, so that the path is the guard here.
          Sid: "LoadBalancerAccessLogs",
          Effect: "Allow",
          Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: [`${bucketArn}/AWSLogs/${account.id}/*`, `${bucketArn}/*/AWSLogs/${account.id}/*`],
        },
        ...guardLogs(zone, account, bucketArn),
      ],
    });
  }
}

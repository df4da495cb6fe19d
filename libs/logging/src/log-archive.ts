import { type Conditions, type Statement } from "@landfall/identity";
import { type IKey } from "@landfall/keys";
import { ZoneStack } from "@landfall/stack";
import { Bucket, type IBucket } from "@landfall/storage";
import { Construct } from "constructs";

export interface LogArchiveProps {
  readonly encryptionKey: IKey;
}

/**
 * Where a region's logs are kept: one bucket for what AWS services deliver (flow logs), and one for the server access
 * logs of all buckets, which S3 only writes to a bucket without a customer key.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
export class LogArchive extends Construct {
  readonly archive: IBucket;
  readonly accessLogs: IBucket;

  constructor(scope: Construct, id: string, props: LogArchiveProps) {
    super(scope, id);
    const { zone, region } = ZoneStack.of(this);
    const fromThisAccount: Conditions = { StringEquals: { "aws:SourceAccount": zone.account } };
    const retention = { expirationDays: zone.retention.archiveDays };

    this.accessLogs = new Bucket(this, "AccessLogs", {
      name: "access-logs",
      encryptionKey: "s3-managed",
      accessLogBucketName: "none",
      ...retention,
      statements: (bucketArn): Statement[] => [
        {
          Sid: "ServerAccessLogs",
          Effect: "Allow",
          Principal: { Service: "logging.s3.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: `${bucketArn}/*`,
          Condition: fromThisAccount,
        },
      ],
    });
    this.archive = new Bucket(this, "Archive", {
      name: "archive",
      encryptionKey: props.encryptionKey,
      accessLogBucketName: this.accessLogs.bucketName,
      ...retention,
      statements: (bucketArn) => deliveryStatements(bucketArn, zone.account, region),
    });
  }
}

/**
 * What the delivery service needs to write flow logs, with AWS's own Sids: creating a flow log adds its statements where
 * they are missing, which would show as drift here. No emulator delivers logs, so that only an account proves it. AWS's
 * page also asks for the header `x-amz-acl`; it is left out because buckets whose objects they own need none.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 */
function deliveryStatements(bucketArn: string, account: string, region: string): Statement[] {
  const principal = { Service: "delivery.logs.amazonaws.com" };
  const source = { "aws:SourceArn": `arn:aws:logs:${region}:${account}:*` };
  return [
    {
      Sid: "AWSLogDeliveryWrite",
      Effect: "Allow",
      Principal: principal,
      Action: "s3:PutObject",
      Resource: `${bucketArn}/AWSLogs/${account}/*`,
      Condition: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: source,
      },
    },
    {
      Sid: "AWSLogDeliveryAclCheck",
      Effect: "Allow",
      Principal: principal,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucketArn,
      Condition: { StringEquals: { "aws:SourceAccount": account }, ArnLike: source },
    },
  ];
}

import { repairRolePattern, roleArn, type Statement } from "@landfall/identity";
import { type IKey } from "@landfall/keys";
import { ZoneStack } from "@landfall/stack";
import { Bucket } from "@landfall/storage";
import { Construct } from "constructs";

export interface RecordsProps {
  readonly encryptionKey: IKey;
  readonly accessLogBucketName: string;
}

/**
 * The bucket that keeps what was done and why. Each record is locked for as long as the zone keeps its archive, none can be written
 * over another or by anybody else, and only break-glass may take one away before its time, where the zone locks in governance mode.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 */
export class Records extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: RecordsProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { lock, archiveDays } = stack.zone.retention;
    this.bucket = new Bucket(this, "Bucket", {
      ...props,
      name: "records",
      lock: { mode: lock, days: archiveDays },
      statements: (bucketArn) => recordStatements(stack, bucketArn),
    });
  }
}

function recordStatements(stack: ZoneStack, bucketArn: string): Statement[] {
  const records = `${bucketArn}/*`;
  const everyone = { AWS: "*" };
  return [
    {
      Sid: "WriteOverNothing",
      Effect: "Deny",
      Principal: everyone,
      Action: "s3:PutObject",
      Resource: records,
      Condition: { Null: { "s3:if-none-match": "true" } },
    },
    {
      Sid: "WrittenByRepairsAlone",
      Effect: "Deny",
      Principal: everyone,
      Action: "s3:PutObject",
      Resource: records,
      Condition: { ArnNotLike: { "aws:PrincipalArn": repairRolePattern(stack.zone) } },
    },
    // A disposable zone locks nothing, and whoever destroys it empties the bucket.
    ...(stack.zone.disposable
      ? []
      : ([
          {
            Sid: "KeepRecords",
            Effect: "Deny",
            Principal: everyone,
            Action: [
              "s3:BypassGovernanceRetention",
              "s3:DeleteObject",
              "s3:DeleteObjectVersion",
              "s3:PutObjectRetention",
            ],
            Resource: records,
            Condition: { ArnNotEquals: { "aws:PrincipalArn": roleArn(stack, "break-glass") } },
          },
        ] satisfies Statement[])),
  ];
}

import { isWorkloadOrPeople, pipelineStateRoles, roleArn, type Statement } from "@landfall/identity";
import { stateBucketName, ZoneStack } from "@landfall/stack";
import { Bucket } from "@landfall/storage";
import { Construct } from "constructs";
import { StateKey } from "./state-key";

/** Days in which no version of a state can be deleted, and after which a replaced one is. */
const KEPT = { lockedDays: 7, versionDays: 90 };

/** Days for which it is known who read or wrote a state. */
const ACCESS_LOG_DAYS = 365;

/**
 * Where the zone's Terraform states are kept: encrypted with a key of their own, every version locked for a week in governance
 * mode. Terraform's lock is an object beside the state: to release it adds a delete marker, which no lock prevents.
 *
 * Server access logs go to a bucket here, because the one of the stack `logging` comes later.
 *
 * @see S3.5, S3.8, S3.9, S3.12, S3.13,
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-delete-markers
 */
export class StateStore extends Construct {
  readonly keyArn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone, account } = stack;
    const key = new StateKey(this, "Key");
    this.keyArn = key.keyArn;
    const accessLogs = new Bucket(this, "AccessLogs", {
      name: "state-access-logs",
      encryptionKey: "s3-managed",
      accessLogBucketName: "none",
      expirationDays: ACCESS_LOG_DAYS,
      statements: (bucketArn): Statement[] => [
        {
          Sid: "ServerAccessLogs",
          Effect: "Allow",
          Principal: { Service: "logging.s3.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: `${bucketArn}/*`,
          Condition: {
            StringEquals: { "aws:SourceAccount": account.id },
            ArnEquals: { "aws:SourceArn": `arn:aws:s3:::${stateBucketName(zone)}` },
          },
        },
      ],
    });
    new Bucket(this, "States", {
      name: "state",
      bucketName: stateBucketName(zone),
      encryptionKey: key,
      accessLogBucketName: accessLogs.bucketName,
      noncurrentDays: KEPT.versionDays,
      lock: { mode: "governance", days: KEPT.lockedDays },
      statements: (bucketArn) => guardStates(stack, bucketArn),
    });
  }
}

/** Old versions are for break-glass to delete; in a disposable zone also for whoever destroys it. */
function guardStates(stack: ZoneStack, bucketArn: string): Statement[] {
  const versions: Statement = {
    Sid: "KeepVersions",
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: ["s3:BypassGovernanceRetention", "s3:DeleteObjectVersion", "s3:PutObjectRetention"],
    Resource: `${bucketArn}/*`,
    Condition: { ArnNotEquals: { "aws:PrincipalArn": roleArn(stack, "break-glass") } },
  };
  return [
    {
      Sid: "NotForWorkloads",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
      Resource: `${bucketArn}/*`,
      Condition: isWorkloadOrPeople(stack),
    },
    ...(stack.zone.disposable ? [] : [versions]),
    ...usedByPipeline(stack, bucketArn),
  ];
}

/** Whoever delivers the zone from another account is let in by name: to read and lock states, and to write where it deploys. */
function usedByPipeline({ zone, account }: ZoneStack, bucketArn: string): Statement[] {
  const { pipeline } = zone.identity;
  if (!pipeline || pipeline.account === account.id) return [];
  const allow = (
    Sid: string,
    access: "read" | "write",
    Action: string | readonly string[],
    Resource: string,
  ): Statement => ({
    Sid,
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${pipeline.account}:root` },
    Action,
    Resource,
    Condition: { ArnEquals: { "aws:PrincipalArn": pipelineStateRoles(zone, access) } },
  });
  return [
    allow("PipelineLists", "read", "s3:ListBucket", bucketArn),
    allow("PipelineReads", "read", "s3:GetObject", `${bucketArn}/*`),
    allow("PipelineLocks", "read", ["s3:DeleteObject", "s3:PutObject"], `${bucketArn}/*.tflock`),
    allow("PipelineWrites", "write", "s3:PutObject", `${bucketArn}/*.tfstate`),
  ];
}

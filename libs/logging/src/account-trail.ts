import { Cloudtrail, type CloudtrailAdvancedEventSelector } from "@cdktf/provider-aws/lib/cloudtrail";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { isOrganization, type Zone } from "@landfall/core";
import { policyDocument, serviceTrust } from "@landfall/identity";
import { type IKey } from "@landfall/keys";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { LogGroup } from "./log-group";
import { trailName } from "./log-names";

export interface AccountTrailProps {
  /** Name of the bucket that keeps the trail; in an organization it is the log archive's. */
  readonly bucketName: string;
  /** The key of that bucket, in its region. */
  readonly bucketKey: IKey;
  /** The key of this account's log groups. */
  readonly logsKey: IKey;
}

/**
 * The zone's trail: who called what, in every region and, in an organization, in every account. Its files can be checked
 * for tampering; its events also go to a log group, where metric filters see them.
 *
 * Belongs in the home region, in the account of {@link trailAccount}. Its role needs no condition against a confused deputy:
 * CloudTrail takes it only from a caller who may pass it.
 *
 * @see CloudTrail.1, CloudTrail.2, CloudTrail.4, CloudTrail.5
 */
export class AccountTrail extends Construct {
  readonly trailArn: string;
  /** Name of the log group that takes its events. */
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: AccountTrailProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone } = stack;
    const name = trailName(zone);
    const logs = new LogGroup(this, "Logs", {
      logGroupName: `/aws/cloudtrail/${name}`,
      encryptionKey: props.logsKey,
    });
    const role = new IamRole(this, "Role", {
      name: stack.resourceName("role", "trail"),
      description: "Writes the events of the zone's trail to its log group",
      assumeRolePolicy: serviceTrust("cloudtrail.amazonaws.com"),
    });
    const policy = new IamRolePolicy(this, "RolePolicy", {
      name: "write-events",
      role: role.name,
      policy: policyDocument([
        {
          Sid: "WriteEvents",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${logs.logGroupArn}:log-stream:*`,
        },
      ]),
    });
    const trail = new Cloudtrail(this, "Resource", {
      name,
      s3BucketName: props.bucketName,
      kmsKeyId: props.bucketKey.keyArn,
      enableLogFileValidation: true,
      enableLogging: true,
      includeGlobalServiceEvents: true,
      isMultiRegionTrail: true,
      isOrganizationTrail: isOrganization(zone),
      cloudWatchLogsGroupArn: `${logs.logGroupArn}:*`,
      cloudWatchLogsRoleArn: role.arn,
      advancedEventSelector: selectors(zone),
      dependsOn: [policy],
    });
    this.trailArn = trail.arn;
    this.logGroupName = logs.logGroupName;
  }
}

/**
 * Management events, and what happens to objects of the zone's buckets. That services write logs to the buckets of logs
 * would only repeat each of them, and the trail's own files without end.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
 */
function selectors(zone: Zone): CloudtrailAdvancedEventSelector[] {
  const bucket = `arn:aws:s3:::${zone.name}-`;
  const objects = [
    { field: "eventCategory", equalTo: ["Data"] },
    { field: "resources.type", equalTo: ["AWS::S3::Object"] },
  ];
  return [
    {
      name: "Management events",
      fieldSelector: [{ field: "eventCategory", equalTo: ["Management"] }],
    },
    ...(zone.services.trailDataEvents
      ? [
          {
            name: "Objects of the zone's buckets",
            fieldSelector: [
              ...objects,
              { field: "resources.ARN", startsWith: [bucket], notStartsWith: [`${bucket}logging-`] },
            ],
          },
          {
            name: "Reading and deleting of logs",
            fieldSelector: [
              ...objects,
              { field: "eventName", notEquals: ["PutObject"] },
              { field: "resources.ARN", startsWith: [`${bucket}logging-`] },
            ],
          },
        ]
      : []),
  ];
}

import { type ZoneStack } from "@landfall/stack";
import { type RepairName } from "./names";

/** Events that make a repair look, in EventBridge's pattern language. */
export interface Pattern {
  /** Names the rule: `<repair>-<name>`. */
  readonly name: string;
  readonly description: string;
  readonly pattern: Readonly<Record<string, unknown>>;
}

/** What makes a repair look. */
export interface Triggers {
  readonly patterns: readonly Pattern[];
  /** Minutes between two looks at everything. @default it never looks at everything */
  readonly sweepMinutes?: number;
}

/** Calls that change something, those that were refused left out. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html */
const calls = (service: string, eventName: readonly string[]): Pattern => ({
  name: "calls",
  description: `A call of ${service} that may have opened or stopped something`,
  pattern: {
    source: [`aws.${service}`],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: { eventSource: [`${service}.amazonaws.com`], eventName, errorCode: [{ exists: false }] },
  },
});

/** Failed controls of Security Hub on a type of resource, of this account and region alone. */
const findings = (
  { account, region }: Pick<ZoneStack, "account" | "region">,
  type: string,
  controls: readonly string[],
): Pattern => ({
  name: "findings",
  description: `Security Hub found that ${controls.join(", ")} failed`,
  pattern: {
    source: ["aws.securityhub"],
    "detail-type": ["Security Hub Findings - Imported"],
    detail: {
      findings: {
        AwsAccountId: [account.id],
        Region: [region],
        Compliance: { Status: ["FAILED"], SecurityControlId: controls },
        RecordState: ["ACTIVE"],
        Resources: { Type: [type] },
        Workflow: { Status: ["NEW", "NOTIFIED"] },
      },
    },
  },
});

const guardDuty = (detail: Readonly<Record<string, unknown>>): Pattern => ({
  name: "threats",
  description: "GuardDuty found a threat",
  pattern: { source: ["aws.guardduty"], "detail-type": ["GuardDuty Finding"], detail },
});

/** What makes each repair look, in a place. */
export const triggersOf = (
  place: Pick<ZoneStack, "account" | "region">,
): Readonly<Record<RepairName, Triggers>> => ({
  "block-public-bucket": {
    patterns: [
      calls("s3", [
        "CreateBucket",
        "DeleteBucketPublicAccessBlock",
        "PutBucketAcl",
        "PutBucketPolicy",
        "PutBucketPublicAccessBlock",
      ]),
      findings(place, "AwsS3Bucket", ["S3.2", "S3.3", "S3.8"]),
      guardDuty({ accountId: [place.account.id], type: [{ prefix: "Policy:S3/Bucket" }] }),
    ],
    sweepMinutes: 60,
  },
  "close-open-rule": {
    patterns: [
      calls("ec2", ["AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules"]),
      findings(place, "AwsEc2SecurityGroup", ["EC2.13", "EC2.14", "EC2.18", "EC2.19"]),
    ],
    sweepMinutes: 60,
  },
  "restart-trail": {
    patterns: [
      calls("cloudtrail", ["StopLogging"]),
      guardDuty({ accountId: [place.account.id], type: ["Stealth:IAMUser/CloudTrailLoggingDisabled"] }),
    ],
    sweepMinutes: 15,
  },
  "disable-access-key": {
    patterns: [
      guardDuty({
        accountId: [place.account.id],
        severity: [{ numeric: [">=", 7] }],
        resource: { accessKeyDetails: { userType: ["IAMUser"] } },
      }),
      {
        name: "exposed",
        description: "AWS found an access key in public",
        pattern: {
          source: ["aws.health"],
          "detail-type": ["AWS Health Event"],
          detail: { eventTypeCode: ["AWS_RISK_CREDENTIALS_EXPOSED"] },
        },
      },
    ],
  },
});

import { type Trigger } from "../event";

/** The account and region of every sample. */
export const place = { account: "123456789012", region: "eu-west-1" } as const;

/** An event as EventBridge sends it. */
export const event = (source: string, detailType: string, detail: unknown, more: object = {}) => ({
  version: "0",
  id: "7bf73129-1428-4cd3-a780-95db273d1602",
  "detail-type": detailType,
  source,
  account: place.account,
  time: "2026-03-31T12:00:00Z",
  region: place.region,
  resources: [],
  detail,
  ...more,
});

export const scheduled = (more: object = {}) => event("aws.events", "Scheduled Event", {}, more);

/** A call, as CloudTrail tells of it. */
export const call = (service: string, eventName: string, requestParameters: unknown, more: object = {}) =>
  event(`aws.${service}`, "AWS API Call via CloudTrail", {
    eventSource: `${service}.amazonaws.com`,
    eventName,
    requestParameters,
    ...more,
  });

export const openedBucket = (bucketName = "reports") =>
  call("s3", "DeleteBucketPublicAccessBlock", { bucketName });

/** A finding of Security Hub on one resource. */
export const finding = (Type: string, Id: string, more: object = {}) =>
  event("aws.securityhub", "Security Hub Findings - Imported", {
    findings: [{ AwsAccountId: place.account, Resources: [{ Type, Id, Region: place.region }], ...more }],
  });

export const threat = (detail: object) => event("aws.guardduty", "GuardDuty Finding", detail);

export const keyThreat = (severity: number, userType = "IAMUser") =>
  threat({ severity, resource: { accessKeyDetails: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", userType } } });

/** The part of an event that a repair reads. */
export const triggerOf = ({ source, detail, ...rest }: ReturnType<typeof event>): Trigger => ({
  eventId: rest.id,
  source: source as Trigger["source"],
  detailType: rest["detail-type"],
  detail,
});

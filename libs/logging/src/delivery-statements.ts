import { type Zone } from "@landfall/core";
import { type Statement } from "@landfall/identity";
import { trailAccount, trailArn } from "./log-names";

/**
 * What the delivery service needs to write logs of the given accounts, with AWS's own Sids: creating a flow log adds its
 * statements where they are missing, which would show as drift here. No emulator delivers logs, so that only an account
 * proves it. AWS's page also asks for the header `x-amz-acl`; it is left out because the service sends none where the
 * bucket owns its objects.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 */
export function deliveryStatements(
  bucketArn: string,
  accounts: readonly string[],
  region: string,
): Statement[] {
  const principal = { Service: "delivery.logs.amazonaws.com" };
  const condition = {
    StringEquals: { "aws:SourceAccount": accounts },
    ArnLike: { "aws:SourceArn": accounts.map((account) => `arn:aws:logs:${region}:${account}:*`) },
  };
  return [
    {
      Sid: "AWSLogDeliveryWrite",
      Effect: "Allow",
      Principal: principal,
      Action: "s3:PutObject",
      Resource: accounts.map((account) => `${bucketArn}/AWSLogs/${account}/*`),
      Condition: condition,
    },
    {
      Sid: "AWSLogDeliveryAclCheck",
      Effect: "Allow",
      Principal: principal,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucketArn,
      Condition: condition,
    },
  ];
}

/**
 * What AWS Config needs to write the snapshots and histories of the given accounts.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
 */
export function configStatements(bucketArn: string, accounts: readonly string[]): Statement[] {
  const principal = { Service: "config.amazonaws.com" };
  const condition = { StringEquals: { "aws:SourceAccount": accounts } };
  return [
    {
      Sid: "AWSConfigBucketPermissionsCheck",
      Effect: "Allow",
      Principal: principal,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucketArn,
      Condition: condition,
    },
    {
      Sid: "AWSConfigBucketDelivery",
      Effect: "Allow",
      Principal: principal,
      Action: "s3:PutObject",
      Resource: accounts.map((account) => `${bucketArn}/AWSLogs/${account}/Config/*`),
      Condition: condition,
    },
  ];
}

/**
 * What CloudTrail needs to write the zone's trail, and no other.
 *
 * @param organizationId CloudTrail writes the logs of an organization's accounts below its id
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function trailStatements(bucketArn: string, zone: Zone, organizationId?: string): Statement[] {
  const principal = { Service: "cloudtrail.amazonaws.com" };
  const condition = { StringEquals: { "aws:SourceArn": trailArn(zone) } };
  const owners = [trailAccount(zone).id, ...(organizationId === undefined ? [] : [organizationId])];
  return [
    {
      Sid: "AWSCloudTrailAclCheck",
      Effect: "Allow",
      Principal: principal,
      Action: "s3:GetBucketAcl",
      Resource: bucketArn,
      Condition: condition,
    },
    {
      Sid: "AWSCloudTrailWrite",
      Effect: "Allow",
      Principal: principal,
      Action: "s3:PutObject",
      Resource: owners.map((owner) => `${bucketArn}/AWSLogs/${owner}/*`),
      Condition: condition,
    },
  ];
}

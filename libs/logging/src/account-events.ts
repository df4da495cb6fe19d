/** An event of an account that somebody should hear of. */
export interface AccountEvent {
  /** e.g. `root-use`; names the metric and the alarm. */
  readonly name: string;
  /** What happened, as the notice says it. */
  readonly description: string;
  /**
   * The filter that matches it in the trail's events, at most 1024 characters.
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
   */
  readonly pattern: string;
  /** How often within five minutes. @default 1 */
  readonly threshold?: number;
}

const anyOf = (names: readonly string[]): string =>
  names.map((name) => `($.eventName = "${name}")`).join(" || ");

/** Any of the calls, to whichever service. */
const calls = (...names: string[]): string => `{ ${anyOf(names)} }`;

/** Any of the calls to one service. */
const callsTo = (service: string, ...names: string[]): string =>
  `{ ($.eventSource = "${service}.amazonaws.com") && (${anyOf(names)}) }`;

/**
 * The events that the CIS AWS Foundations Benchmark wants alarms on, switched-off detection, and each use of the role for
 * emergencies.
 *
 * @param zone the zone's name
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
 */
export const accountEvents = (zone: string): readonly AccountEvent[] => [
  {
    name: "root-use",
    description: "Somebody works as the root user",
    pattern: `{ ($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != "AwsServiceEvent") }`,
  },
  {
    name: "break-glass-use",
    description: "Somebody takes the role for emergencies",
    pattern: `{ ($.eventName = "AssumeRole*") && ($.requestParameters.roleArn = "*:role/${zone}-break-glass") }`,
  },
  {
    name: "unauthorized-calls",
    description: "Several calls were refused for lack of permission",
    pattern:
      `{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ` +
      `($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }`,
    threshold: 5,
  },
  {
    name: "console-without-mfa",
    description: "A user signed in to the console with a password alone",
    pattern:
      `{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ` +
      `($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }`,
  },
  {
    name: "console-failures",
    description: "Several attempts to sign in to the console failed",
    pattern: `{ ($.eventName = "ConsoleLogin") && ($.errorMessage = "Failed authentication") }`,
    threshold: 3,
  },
  {
    name: "iam-changes",
    description: "An IAM policy, a trust or a boundary changed",
    pattern: callsTo(
      "iam",
      "AttachGroupPolicy",
      "AttachRolePolicy",
      "AttachUserPolicy",
      "CreatePolicy",
      "CreatePolicyVersion",
      "DeleteGroupPolicy",
      "DeletePolicy",
      "DeletePolicyVersion",
      "DeleteRolePermissionsBoundary",
      "DeleteRolePolicy",
      "DeleteUserPolicy",
      "DetachGroupPolicy",
      "DetachRolePolicy",
      "DetachUserPolicy",
      "PutGroupPolicy",
      "PutRolePermissionsBoundary",
      "PutRolePolicy",
      "PutUserPolicy",
      "SetDefaultPolicyVersion",
      "UpdateAssumeRolePolicy",
    ),
  },
  {
    name: "trail-changes",
    description: "A trail changed or stopped",
    pattern: callsTo(
      "cloudtrail",
      "CreateTrail",
      "DeleteTrail",
      "PutEventSelectors",
      "StartLogging",
      "StopLogging",
      "UpdateTrail",
    ),
  },
  {
    name: "config-changes",
    description: "AWS Config changed or stopped",
    pattern: callsTo(
      "config",
      "DeleteConfigurationRecorder",
      "DeleteDeliveryChannel",
      "PutConfigurationRecorder",
      "PutDeliveryChannel",
      "StopConfigurationRecorder",
    ),
  },
  {
    name: "detection-changes",
    description: "GuardDuty, Security Hub, Inspector, Macie or Access Analyzer was switched off",
    // Inspector's call is `Disable` alone; no other service has one of that name.
    pattern: calls(
      "BatchDisableStandards",
      "DeleteAnalyzer",
      "DeleteDetector",
      "Disable",
      "DisableMacie",
      "DisableSecurityHub",
      "DisassociateFromAdministratorAccount",
      "StopMonitoringMembers",
    ),
  },
  {
    name: "key-losses",
    description: "A key was disabled or is to be deleted",
    pattern: callsTo("kms", "DisableKey", "ScheduleKeyDeletion"),
  },
  {
    name: "bucket-policy-changes",
    description: "Who may reach a bucket, or how long it keeps objects, changed",
    pattern: callsTo(
      "s3",
      "DeleteBucketCors",
      "DeleteBucketLifecycle",
      "DeleteBucketPolicy",
      "DeleteBucketPublicAccessBlock",
      "DeleteBucketReplication",
      "PutBucketAcl",
      "PutBucketCors",
      "PutBucketLifecycle",
      "PutBucketObjectLockConfiguration",
      "PutBucketPolicy",
      "PutBucketPublicAccessBlock",
      "PutBucketReplication",
      "PutBucketVersioning",
    ),
  },
  {
    name: "security-group-changes",
    description: "A security group changed",
    pattern: calls(
      "AuthorizeSecurityGroupEgress",
      "AuthorizeSecurityGroupIngress",
      "CreateSecurityGroup",
      "DeleteSecurityGroup",
      "ModifySecurityGroupRules",
      "RevokeSecurityGroupEgress",
      "RevokeSecurityGroupIngress",
    ),
  },
  {
    name: "network-acl-changes",
    description: "A network access control list changed",
    pattern: calls(
      "CreateNetworkAcl",
      "CreateNetworkAclEntry",
      "DeleteNetworkAcl",
      "DeleteNetworkAclEntry",
      "ReplaceNetworkAclAssociation",
      "ReplaceNetworkAclEntry",
    ),
  },
  {
    name: "gateway-changes",
    description: "A gateway to other networks changed",
    pattern: calls(
      "AttachInternetGateway",
      "CreateCustomerGateway",
      "CreateInternetGateway",
      "DeleteCustomerGateway",
      "DeleteInternetGateway",
      "DetachInternetGateway",
    ),
  },
  {
    name: "route-changes",
    description: "A route table changed",
    pattern: callsTo(
      "ec2",
      "CreateRoute",
      "CreateRouteTable",
      "DeleteRoute",
      "DeleteRouteTable",
      "DisassociateRouteTable",
      "ReplaceRoute",
      "ReplaceRouteTableAssociation",
    ),
  },
  {
    name: "vpc-changes",
    description: "A VPC or a peering changed",
    pattern: calls(
      "AcceptVpcPeeringConnection",
      "CreateVpc",
      "CreateVpcPeeringConnection",
      "DeleteVpc",
      "DeleteVpcPeeringConnection",
      "ModifyVpcAttribute",
      "RejectVpcPeeringConnection",
    ),
  },
  {
    name: "organization-changes",
    description: "The organization, its accounts or its policies changed",
    pattern: callsTo(
      "organizations",
      "AcceptHandshake",
      "AttachPolicy",
      "CreateAccount",
      "CreateOrganizationalUnit",
      "CreatePolicy",
      "DeclineHandshake",
      "DeleteOrganization",
      "DeleteOrganizationalUnit",
      "DeletePolicy",
      "DetachPolicy",
      "DisablePolicyType",
      "EnablePolicyType",
      "InviteAccountToOrganization",
      "LeaveOrganization",
      "MoveAccount",
      "RemoveAccountFromOrganization",
      "UpdateOrganizationalUnit",
      "UpdatePolicy",
    ),
  },
];

import { MANAGEMENT, sampleZone, WORKLOAD } from "../testing/fixture";
import { zoneOf } from "../zone/read-zone";
import { type AccessRequest, requestContext } from "./context";

const zone = zoneOf(sampleZone());
const [role] = zone.roles.filter(({ kind }) => kind === "workload");
const queue = `arn:aws:sqs:eu-west-1:${WORKLOAD}:sample-orders`;

const contextOf = (request: AccessRequest) => {
  if (!role) throw new Error("no role");
  return requestContext(zone, role, request);
};

describe("requestContext", () => {
  it("tells who asks, for what and how", () => {
    expect(contextOf({ action: "sqs:ReceiveMessage", resource: queue })).toEqual({
      account: WORKLOAD,
      variables: {
        "aws:MultiFactorAuthPresent": "false",
        "aws:PrincipalAccount": WORKLOAD,
        "aws:PrincipalArn": `arn:aws:iam::${WORKLOAD}:role/sample-orders`,
        "aws:PrincipalIsAWSService": "false",
        "aws:PrincipalOrgID": "o-landfall00",
        "aws:PrincipalTag/zone": "sample",
        "aws:PrincipalType": "AssumedRole",
        "aws:RequestedRegion": "eu-west-1",
        "aws:ResourceAccount": WORKLOAD,
        "aws:ResourceOrgID": "o-landfall00",
        "aws:ResourceTag/zone": "sample",
        "aws:SecureTransport": "true",
        "aws:ViaAWSService": "false",
      },
    });
  });

  it.each([
    [
      "the ARN's",
      { action: "sqs:SendMessage", resource: "arn:aws:sqs:eu-central-1:222222222222:q" },
      "eu-central-1",
    ],
    ["that of a service for the world", { action: "iam:GetRole", resource: role?.arn ?? "" }, "us-east-1"],
    ["home where nothing tells", { action: "ec2:DescribeVpcs", resource: "*" }, "eu-west-1"],
    ["the given one", { action: "ec2:DescribeVpcs", resource: "*", region: "sa-east-1" }, "sa-east-1"],
  ])("calls in the region: %s", (_, request, region) => {
    expect(contextOf(request).variables["aws:RequestedRegion"]).toBe(region);
  });

  it.each([
    [
      "the ARN's",
      { action: "sqs:SendMessage", resource: `arn:aws:sqs:eu-west-1:${MANAGEMENT}:q` },
      MANAGEMENT,
    ],
    [
      "the role's where nothing tells",
      { action: "s3:GetObject", resource: "arn:aws:s3:::unknown/x" },
      WORKLOAD,
    ],
    [
      "the given one",
      { action: "s3:GetObject", resource: "arn:aws:s3:::unknown/x", account: MANAGEMENT },
      MANAGEMENT,
    ],
  ])("finds the resource in the account: %s", (_, request, account) => {
    expect(contextOf(request).account).toBe(account);
  });

  it("finds a bucket, whose ARN tells no account, where the zone declares it", () => {
    const bucket = { aws_s3_bucket: { Documents: { bucket: "sample-documents" } } };
    const declaring = zoneOf(sampleZone({ resources: bucket }));
    const outsider = declaring.roles.find(({ account }) => account === MANAGEMENT);
    if (!outsider) throw new Error("no role");
    const request = { action: "s3:GetObject", resource: "arn:aws:s3:::sample-documents/x" };
    expect(requestContext(declaring, outsider, request).account).toBe(WORKLOAD);
  });

  it("tells a key who calls, and lets what is given win", () => {
    const resource = zone.keys.get(queue) ?? "";
    const context = { "aws:ViaAWSService": "true" };
    expect(contextOf({ action: "kms:Decrypt", resource, context }).variables).toMatchObject({
      "aws:ViaAWSService": "true",
      "kms:CallerAccount": WORKLOAD,
    });
  });
});

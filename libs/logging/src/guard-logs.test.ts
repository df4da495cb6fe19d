import { accountWith } from "@landfall/core";
import { organizationZone, testZone } from "@landfall/testing";
import { guardLogs } from "./guard-logs";

const ARN = "arn:aws:s3:::logs";
const role = (name: string, account = "123456789012") => `arn:aws:iam::${account}:role/test-${name}`;
const guards = (zone = testZone()) =>
  Object.fromEntries(
    guardLogs(zone, accountWith(zone, "log-archive"), ARN).map((statement) => [statement.Sid, statement]),
  );
const but = (...roles: string[]) => ({ ArnNotEquals: { "aws:PrincipalArn": roles } });

describe("guardLogs", () => {
  it("denies everyone, in whatever account", () => {
    for (const statement of Object.values(guards())) {
      expect(statement).toMatchObject({ Effect: "Deny", Principal: { AWS: "*" } });
    }
  });

  it("leaves deleting logs to break-glass in governance mode, and to nobody in compliance mode", () => {
    expect(guards().DenyDeletingLogs).toMatchObject({
      Action: expect.arrayContaining(["s3:DeleteObjectVersion", "s3:BypassGovernanceRetention"]),
      Resource: `${ARN}/*`,
      Condition: but(role("break-glass")),
    });
    const zone = testZone({ retention: { logDays: 30, archiveDays: 365, lock: "compliance" } });
    expect(guards(zone).DenyDeletingLogs).not.toHaveProperty("Condition");
  });

  it("leaves changing the bucket to the deploy role and break-glass", () => {
    expect(guards().DenyWeakeningTheBucket).toMatchObject({
      Action: expect.arrayContaining(["s3:PutBucketPolicy", "s3:PutLifecycleConfiguration"]),
      Resource: ARN,
      Condition: but(role("deploy"), role("break-glass")),
    });
  });

  it("leaves deleting the bucket, or its policy whole, to nobody", () => {
    expect(guards().DenyDeletingTheBucket).toMatchObject({
      Action: ["s3:DeleteBucket", "s3:DeleteBucketPolicy"],
      Resource: ARN,
    });
    expect(guards().DenyDeletingTheBucket).not.toHaveProperty("Condition");
  });

  it("lets the deploy role destroy a disposable zone", () => {
    const { DenyDeletingLogs, DenyDeletingTheBucket } = guards(testZone({ disposable: true }));
    expect(DenyDeletingLogs?.Condition).toEqual(but(role("break-glass"), role("deploy")));
    expect(DenyDeletingTheBucket?.Condition).toEqual(but(role("deploy")));
  });

  it("names the roles of the account that keeps the logs", () => {
    expect(guards(organizationZone()).DenyDeletingLogs?.Condition).toEqual(
      but(role("break-glass", "333333333333")),
    );
  });
});

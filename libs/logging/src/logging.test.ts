import { statementsOf, synthStack, testZone } from "@landfall/testing";
import { LogArchive } from "./log-archive";
import { LogGroup } from "./log-group";

const encryptionKey = { keyArn: "arn:aws:kms:eu-west-1:123456789012:key/logs" };

describe("LogGroup", () => {
  it("is kept for the zone's retention and encrypted with the given key", () => {
    const zone = testZone({ retention: { logDays: 400, archiveDays: 365 } });
    const stack = synthStack(
      (stack) => new LogGroup(stack, "Logs", { logGroupName: "/aws/lambda/work", encryptionKey }),
      { zone },
    );
    expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/lambda/work",
      retention_in_days: 400,
      kms_key_id: encryptionKey.keyArn,
    });
  });
});

describe("LogArchive", () => {
  const stack = synthStack((stack) => new LogArchive(stack, "LogArchive", { encryptionKey }));
  const policyOf = (address: string) => {
    const policies = stack.json.resource?.aws_s3_bucket_policy ?? {};
    const [, policy] = Object.entries(policies).find(([name]) => name.startsWith(address)) ?? [];
    return statementsOf(policy?.policy);
  };

  it("takes what AWS delivers for this account alone, with the Sids that AWS would add itself", () => {
    const statements = policyOf("LogArchive_Policy");
    expect(Object.keys(statements)).toEqual([
      "DenyInsecureTransport",
      "AWSLogDeliveryWrite",
      "AWSLogDeliveryAclCheck",
    ]);
    for (const sid of ["AWSLogDeliveryWrite", "AWSLogDeliveryAclCheck"]) {
      expect(statements[sid]).toMatchObject({
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:logs:eu-west-1:123456789012:*" },
        },
      });
    }
  });

  it("takes the access logs of this account's buckets alone, without a customer key, which S3 can't use there", () => {
    expect(policyOf("LogArchive_AccessLogs_Policy").ServerAccessLogs).toMatchObject({
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    });
    const algorithms = stack
      .resources("aws_s3_bucket_server_side_encryption_configuration")
      .map((encryption) => (JSON.stringify(encryption).includes("AES256") ? "s3" : "key"));
    expect(algorithms.sort()).toEqual(["key", "s3"]);
  });

  it("expires both kinds of logs after the zone's archive days", () => {
    for (const { rule } of stack.resources("aws_s3_bucket_lifecycle_configuration")) {
      expect(rule).toMatchObject([{ expiration: [{ days: 365 }] }]);
    }
  });

  it("logs the archive's accesses, once the bucket that takes them can be written to", () => {
    const { target_bucket } = stack.resource("aws_s3_bucket_logging");
    expect(target_bucket).toMatch(/^\$\{aws_s3_bucket_policy\.LogArchive_AccessLogs_Policy_\w+\.bucket\}$/);
  });
});

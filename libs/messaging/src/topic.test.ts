import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { organizationZone, statementsOf, synthStack } from "@landfall/testing";
import { Topic } from "./topic";

const encryptionKey = { keyArn: "arn:key" };
const topic = (...services: string[]) =>
  synthStack((stack) => {
    const topic = new Topic(stack, "Notices", { name: "notices", encryptionKey });
    for (const service of services) topic.allowService(service);
  });
const policyOf = (...services: string[]) =>
  statementsOf(topic(...services).resource("aws_sns_topic_policy").policy);

describe("Topic", () => {
  it("is encrypted with the given key and signs with SHA-256", () => {
    expect(topic().resource("aws_sns_topic")).toMatchObject({
      name: "test-sample-notices",
      kms_master_key_id: "arn:key",
      signature_version: 2,
    });
  });

  it("lets nobody in by policy, and denies to publish without TLS", () => {
    expect(policyOf()).toEqual({
      DenyInsecureTransport: expect.objectContaining({
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "sns:Publish",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    });
  });

  it("lets in the services that are allowed, once each, for its own account alone", () => {
    const statements = policyOf("cloudwatch.amazonaws.com", "events.amazonaws.com", "events.amazonaws.com");
    expect(Object.keys(statements)).toEqual(["DenyInsecureTransport", "Publisher0", "Publisher1"]);
    expect(statements.Publisher1).toMatchObject({
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sns:Publish",
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    });
  });

  it("names the account that it is in, not the zone's first", () => {
    const stack = synthStack(
      (stack) =>
        new Topic(stack, "Notices", { name: "notices", encryptionKey }).allowService("events.amazonaws.com"),
      {
        zone: organizationZone(),
        definition: { name: "sample", scope: "global", accounts: ["security"] },
      },
    );
    expect(statementsOf(stack.resource("aws_sns_topic_policy").policy).Publisher0).toMatchObject({
      Condition: { StringEquals: { "aws:SourceAccount": "222222222222" } },
    });
  });

  it("is known to others once its policy is in place", () => {
    const stack = synthStack((stack) => {
      const { topicArn } = new Topic(stack, "Notices", { name: "notices", encryptionKey });
      new SsmParameter(stack, "Known", { name: "topic", type: "String", value: topicArn });
    });
    expect(stack.resource("aws_ssm_parameter").value).toMatch(
      /^\$\{aws_sns_topic_policy\.Notices_Policy_\w+\.arn\}$/,
    );
  });
});

import fc from "fast-check";
import { Refusal } from "../refusal";
import {
  call,
  event,
  finding,
  keyThreat,
  openedBucket,
  place,
  scheduled,
  threat,
  triggerOf,
} from "../testing/samples";
import { blockPublicBucket } from "./block-public-bucket";
import { closeOpenRule, isInternet } from "./close-open-rule";
import { disableAccessKey } from "./disable-access-key";
import { restartTrail } from "./restart-trail";

type Event = ReturnType<typeof event>;
const group = "sg-0123456789abcdef0";
const groupArn = `arn:aws:ec2:eu-west-1:123456789012:security-group/${group}`;
const refusal = expect.objectContaining({ name: "Refusal" });

describe("block-public-bucket", () => {
  const targets = (sample: Event) => blockPublicBucket.targetsOf(triggerOf(sample), place);

  it.each<[string, Event, unknown]>([
    ["a call", openedBucket(), ["reports"]],
    ["a finding of Security Hub", finding("AwsS3Bucket", "arn:aws:s3:::reports"), ["reports"]],
    [
      "a finding of GuardDuty",
      threat({
        type: "Policy:S3/BucketAnonymousAccessGranted",
        resource: { s3BucketDetails: [{ name: "reports" }] },
      }),
      ["reports"],
    ],
    ["the schedule", scheduled(), "every"],
  ])("looks where %s says", (_, sample, expected) => {
    expect(targets(sample)).toEqual(expected);
  });

  it.each<[string, Event]>([
    ["without a bucket", call("s3", "PutBucketPolicy", {})],
    [
      "of another service",
      call("s3", "PutBucketPolicy", { bucketName: "reports" }, { eventSource: "ec2.amazonaws.com" }),
    ],
    ["with a path for a name", openedBucket("../other")],
    ["with a name in Unicode", openedBucket("répörts")],
    ["with an object for a name", call("s3", "PutBucketPolicy", { bucketName: { $ne: "" } })],
    [
      "about another account",
      finding("AwsS3Bucket", "arn:aws:s3:::reports", { AwsAccountId: "999999999999" }),
    ],
    ["about another type", finding("AwsEc2Instance", "i-1")],
  ])("refuses an event %s", (_, sample) => {
    expect(() => targets(sample)).toThrow(refusal);
  });

  const sight = (off: string[], publicPolicy = false) => ({
    bucket: "reports",
    arn: "arn:aws:s3:::reports",
    tags: {},
    publicPolicy,
    block: {
      blockPublicAcls: !off.includes("blockPublicAcls"),
      ignorePublicAcls: !off.includes("ignorePublicAcls"),
      blockPublicPolicy: !off.includes("blockPublicPolicy"),
      restrictPublicBuckets: !off.includes("restrictPublicBuckets"),
    },
  });

  it("finds a bucket sound whose block is whole, even below a public policy that it makes void", () => {
    expect(blockPublicBucket.judge(sight([], true))).toBeUndefined();
  });

  it.each(["blockPublicAcls", "ignorePublicAcls", "blockPublicPolicy", "restrictPublicBuckets"])(
    "misses %s",
    (off) => {
      expect(blockPublicBucket.judge(sight([off]))).toEqual({
        why: "public access is not blocked",
        evidence: { off: [off], publicPolicy: false },
      });
    },
  );
});

describe("close-open-rule", () => {
  const targets = (sample: Event) => closeOpenRule.targetsOf(triggerOf(sample), place);

  it.each<[string, Event]>([
    ["a call", call("ec2", "AuthorizeSecurityGroupIngress", { groupId: group })],
    [
      "a change of rules",
      call("ec2", "ModifySecurityGroupRules", { ModifySecurityGroupRulesRequest: { GroupId: group } }),
    ],
    [
      "the answer to a call by name",
      call(
        "ec2",
        "AuthorizeSecurityGroupIngress",
        { groupName: "default" },
        { responseElements: { securityGroupRuleSet: { items: [{ groupId: group }] } } },
      ),
    ],
    ["a finding of Security Hub", finding("AwsEc2SecurityGroup", groupArn)],
  ])("looks where %s says", (_, sample) => {
    expect(targets(sample)).toEqual([group]);
  });

  it.each<[string, Event]>([
    ["no group", call("ec2", "AuthorizeSecurityGroupIngress", {})],
    ["no group's id", call("ec2", "AuthorizeSecurityGroupIngress", { groupId: "sg-1; drop" })],
    ["the trail", call("cloudtrail", "StopLogging", { name: "trail" })],
  ])("refuses an event about %s", (_, sample) => {
    expect(() => targets(sample)).toThrow(refusal);
  });

  const rule = { id: "sgr-1", source: "0.0.0.0/0", protocol: "tcp", fromPort: 22, toPort: 22 };
  const judge = (change: object) =>
    closeOpenRule.judge({ groupId: group, arn: groupArn, tags: {}, rules: [{ ...rule, ...change }] });

  it.each<[string, object]>([
    ["SSH", {}],
    ["a range around HTTPS", { fromPort: 443, toPort: 444 }],
    ["HTTPS over UDP", { protocol: "udp", fromPort: 443, toPort: 443 }],
    ["all traffic", { protocol: "-1", fromPort: -1, toPort: -1 }],
    ["IPv6", { source: "::/0" }],
    ["a half of the internet", { source: "128.0.0.0/1" }],
  ])("closes %s", (_, change) => {
    expect(judge(change)?.evidence).toEqual({ rules: [{ ...rule, ...change }] });
  });

  it.each<[string, object]>([
    ["HTTPS", { fromPort: 443, toPort: 443 }],
    ["HTTP", { fromPort: 80, toPort: 80 }],
    ["a private block", { source: "10.0.0.0/8" }],
    ["one address", { source: "198.51.100.7/32" }],
    ["another group", { source: undefined }],
  ])("leaves %s open", (_, change) => {
    expect(judge(change)).toBeUndefined();
  });

  it.each([
    ["0.0.0.0/0", true],
    ["64.0.0.0/2", true],
    ["10.0.0.0/8", false],
    ["2000::/3", true],
    ["2001:db8::/32", false],
    ["fc00::/7", false],
    ["fd00::/8", false],
    ["fe80::/10", false],
  ])("takes %s for the internet: %s", (source, expected) => {
    expect(isInternet(source)).toBe(expected);
  });
});

describe("restart-trail", () => {
  it("looks at every trail, whatever trail an event names", () => {
    expect(
      restartTrail.targetsOf(triggerOf(call("cloudtrail", "StopLogging", { name: "decoy" })), place),
    ).toBe("every");
  });

  it("misses a trail that does not record", () => {
    const sight = { arn: "arn:trail", tags: {}, name: "local-trail", logging: true };
    expect(restartTrail.judge(sight)).toBeUndefined();
    expect(restartTrail.judge({ ...sight, logging: false })).toMatchObject({
      why: "the trail does not record",
    });
  });
});

describe("disable-access-key", () => {
  const targets = (sample: Event) => disableAccessKey.targetsOf(triggerOf(sample), place);
  const exposed = (entityValue: string, eventTypeCode = "AWS_RISK_CREDENTIALS_EXPOSED") =>
    event("aws.health", "AWS Health Event", { eventTypeCode, affectedEntities: [{ entityValue }] });

  it("looks at the key of a high finding, and at exposed keys", () => {
    expect(targets(keyThreat(8))).toEqual(["AKIAIOSFODNN7EXAMPLE"]);
    expect(targets(exposed("AKIAIOSFODNN7EXAMPLE"))).toEqual(["AKIAIOSFODNN7EXAMPLE"]);
  });

  it.each<[string, Event]>([
    ["a finding that is not high", keyThreat(6.9)],
    ["the root user's key", keyThreat(8, "Root")],
    ["a session of a role", keyThreat(8, "AssumedRole")],
    ["a temporary key", exposed("ASIAIOSFODNN7EXAMPLE")],
    ["another event of AWS Health", exposed("AKIAIOSFODNN7EXAMPLE", "AWS_EC2_ISSUE")],
    ["the schedule", scheduled()],
  ])("refuses %s", (_, sample) => {
    expect(() => targets(sample)).toThrow(refusal);
  });

  it("finds only an active key unsound", () => {
    const sight = {
      keyId: "AKIAIOSFODNN7EXAMPLE",
      userName: "somebody",
      arn: "arn:user",
      tags: {},
      active: true,
    };
    expect(disableAccessKey.judge(sight)).toMatchObject({ evidence: { userName: "somebody" } });
    expect(disableAccessKey.judge({ ...sight, active: false })).toBeUndefined();
  });
});

describe.each([blockPublicBucket, closeOpenRule, disableAccessKey])("$name", ({ targetsOf }) => {
  it("throws nothing but a Refusal, whatever AWS says, and names only strings", () => {
    const sources = ["aws.s3", "aws.ec2", "aws.guardduty", "aws.health", "aws.securityhub"];
    fc.assert(
      fc.property(fc.constantFrom(...sources), fc.anything(), (source, detail) => {
        try {
          expect(
            [...targetsOf(triggerOf(event(source, "x", detail)), place)].every(
              (id) => typeof id === "string",
            ),
          ).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});

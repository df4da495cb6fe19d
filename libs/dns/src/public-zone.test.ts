import { accountWith, type Zone } from "@landfall/core";
import { organizationZone, statementsOf, synthStack, testZone, twoRegionZone } from "@landfall/testing";
import { PublicZone, type PublicZoneProps } from "./public-zone";

const us = { provider: "aws.us-east-1" };
const props: PublicZoneProps = {
  logsKey: { keyArn: "arn:key" },
  alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:notices",
};
const inWorkload = { name: "sample", scope: "global", accounts: ["workload"] } as const;

const single = (zone: Zone = testZone(), change: Partial<PublicZoneProps> = {}) =>
  synthStack((stack) => new PublicZone(stack, "PublicZone", { ...props, ...change }), { zone });

const below = (zone: Zone = organizationZone()) =>
  synthStack(
    (stack) =>
      new PublicZone(stack, "PublicZone", {
        ...props,
        parent: { zoneId: "ZPARENT", account: accountWith(zone, "network") },
      }),
    { zone, definition: inWorkload },
  );

describe("PublicZone", () => {
  it("is the hosted zone of the account's domain, and keeps its records unless the zone is disposable", () => {
    expect(single().resource("aws_route53_zone")).toMatchObject({
      name: "test.example.com",
      force_destroy: false,
    });
    expect(single(testZone({ disposable: true })).resource("aws_route53_zone").force_destroy).toBe(true);
    expect(below().resource("aws_route53_zone").name).toBe("workload.test.example.com");
  });

  it("logs its queries to us-east-1, encrypted and kept for the zone's retention", () => {
    const stack = single();
    expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({
      ...us,
      name: "/aws/route53/test.example.com",
      retention_in_days: 30,
      kms_key_id: "arn:key",
    });
    expect(stack.resource("aws_route53_query_log")).toMatchObject({
      depends_on: [expect.stringContaining("aws_cloudwatch_log_resource_policy.")],
    });
  });

  it("lets Route 53 write that log for this hosted zone alone", () => {
    const policy = single().resource("aws_cloudwatch_log_resource_policy");
    expect(policy).toMatchObject(us);
    expect(statementsOf(policy.policy_document)).toEqual({
      WrittenByRoute53: expect.objectContaining({
        Principal: { Service: "route53.amazonaws.com" },
        Resource: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.arn\}:\*$/),
        Condition: {
          ArnEquals: { "aws:SourceArn": expect.stringMatching(/^\$\{aws_route53_zone\..*\.arn\}$/) },
          StringEquals: { "aws:SourceAccount": "123456789012" },
        },
      }),
    });
  });

  it("is delegated by nobody in a single account", () => {
    expect(single().resources("aws_route53_record")).toEqual([]);
  });

  it("is delegated by its parent's account", () => {
    const [delegation] = below(organizationZone({ services: { dnssec: false } })).resources(
      "aws_route53_record",
    );
    expect(delegation).toMatchObject({
      provider: "aws.network",
      zone_id: "ZPARENT",
      name: "workload.test.example.com",
      type: "NS",
      records: expect.stringContaining(".name_servers"),
    });
  });

  it("refuses its own account as its parent, and a topic of another region", () => {
    const zone = testZone();
    const parent = { zoneId: "ZPARENT", account: accountWith(zone, "network") };
    expect(() =>
      single(zone, { parent, alarmTopicArn: "arn:aws:sns:eu-west-1:123456789012:notices" }),
    ).toThrow(
      /'alarmTopicArn' must be the ARN of a topic in us-east-1[^]*'parent' must be the zone of another account/,
    );
  });
});

describe("DNSSEC", () => {
  it("is on in production, off elsewhere, and as the zone or the caller says", () => {
    const signed = (...given: Parameters<typeof single>) =>
      single(...given).resources("aws_route53_hosted_zone_dnssec").length === 1;
    expect(signed(testZone())).toBe(false);
    expect(signed(twoRegionZone())).toBe(true);
    expect(signed(testZone({ services: { dnssec: true } }))).toBe(true);
    expect(signed(twoRegionZone(), { dnssec: false })).toBe(false);
  });

  it("signs with an asymmetric key in us-east-1", () => {
    expect(single(twoRegionZone()).resource("aws_kms_key")).toMatchObject({
      ...us,
      customer_master_key_spec: "ECC_NIST_P256",
      key_usage: "SIGN_VERIFY",
    });
  });

  it("lets Route 53 use the key for this hosted zone alone, and the deploy role try it", () => {
    const { AdministeredByIam, DenyLosingTheKey, ...users } = statementsOf(
      single(twoRegionZone()).resource("aws_kms_key").policy,
    );
    expect(JSON.stringify(AdministeredByIam)).not.toMatch(/Sign|kms:\*|CreateGrant/);
    expect(DenyLosingTheKey).toMatchObject({
      Effect: "Deny",
      Action: ["kms:DisableKey", "kms:ScheduleKeyDeletion"],
    });
    const forThisZone = {
      ArnEquals: { "aws:SourceArn": expect.stringMatching(/^\$\{aws_route53_zone\..*\.arn\}$/) },
      StringEquals: { "aws:SourceAccount": "123456789012" },
    };
    expect(users).toEqual({
      TriedByDeployer: expect.objectContaining({
        Action: "kms:Sign",
        Condition: {
          ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/test-deploy" },
        },
      }),
      SignsThisHostedZone: expect.objectContaining({
        Principal: { Service: "dnssec-route53.amazonaws.com" },
        Condition: forThisZone,
      }),
      GrantedToRoute53: expect.objectContaining({
        Action: "kms:CreateGrant",
        Condition: { ...forThisZone, Bool: { "kms:GrantIsForAWSResource": "true" } },
      }),
    });
  });

  it("rings when signing fails, and when a key has lost its KMS key", () => {
    const alarms = single(twoRegionZone()).resources("aws_cloudwatch_metric_alarm");
    expect(alarms.map(({ metric_name }) => metric_name)).toEqual([
      "DNSSECInternalFailure",
      "DNSSECKeySigningKeysNeedingAction",
    ]);
    for (const alarm of alarms) {
      // Route 53 reports every four hours: a shorter period would see no data.
      expect(alarm).toMatchObject({ ...us, period: 14_400, threshold: 1, treat_missing_data: "ignore" });
    }
  });

  it("is promised by the parent only while answers are signed", () => {
    const records = below().resources("aws_route53_record");
    expect(records.find(({ type }) => type === "DS")).toMatchObject({
      provider: "aws.network",
      zone_id: "ZPARENT",
      name: "workload.test.example.com",
      records: [expect.stringMatching(/^\$\{aws_route53_key_signing_key\..*\.ds_record\}$/)],
      depends_on: [
        expect.stringContaining("aws_route53_record.PublicZone_Delegation"),
        expect.stringContaining("aws_route53_hosted_zone_dnssec."),
      ],
    });
    const unsigned = below(organizationZone({ services: { dnssec: false } }));
    expect(unsigned.resources("aws_route53_record").map(({ type }) => type)).toEqual(["NS"]);
  });
});

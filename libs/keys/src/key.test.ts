import { type Zone } from "@landfall/core";
import { statementsOf, synthStack, testZone, twoRegionZone } from "@landfall/testing";
import { Key, type KeyProps } from "./key";

const props: KeyProps = { dataClass: "data", description: "Data" };
const primary = { keyArn: "arn:aws:kms:eu-west-1:123456789012:key/mrk-1" };
const synth = (change: Partial<KeyProps> = {}, zone: Zone = testZone()) =>
  synthStack((stack) => new Key(stack, "Data", { ...props, ...change }), { zone });
const policyOf = (change: Partial<KeyProps> = {}, zone?: Zone) =>
  statementsOf(synth(change, zone).resource("aws_kms_key").policy);

describe("Key", () => {
  it("rotates, waits 30 days before it goes, and is named after its class of data", () => {
    const stack = synthStack((stack) => new Key(stack, "Data", props));
    expect(stack.resource("aws_kms_key")).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 30,
    });
    expect(stack.resource("aws_kms_alias")).toMatchObject({ name: "alias/test-data" });
  });

  it("lets the account administer it, and nobody use it, unless asked", () => {
    const statements = policyOf();
    expect(Object.keys(statements)).toEqual(["AdministeredByIam", "DenyLosingTheKey"]);
    expect(JSON.stringify(statements)).not.toMatch(/Decrypt|Encrypt|GenerateDataKey|"kms:\*"/);
  });

  it("is used by the account's principals through the named services only", () => {
    const { policy } = synthStack(
      (stack) => new Key(stack, "Data", { ...props, viaServices: ["s3"] }),
    ).resource("aws_kms_key");
    expect(statementsOf(policy).UsedThroughServices).toMatchObject({
      Principal: { AWS: "arn:aws:iam::123456789012:root" },
      Condition: {
        StringEquals: {
          "kms:CallerAccount": "123456789012",
          "kms:ViaService": ["s3.eu-west-1.amazonaws.com"],
        },
      },
    });
  });

  it("is granted to nobody but those services themselves", () => {
    const { policy } = synthStack(
      (stack) => new Key(stack, "Data", { ...props, viaServices: ["dynamodb"] }),
    ).resource("aws_kms_key");
    const granting = Object.values(statementsOf(policy)).filter(({ Action }) =>
      [Action].flat().some((action) => /^kms:(\*|Create\*|CreateGrant)$/.test(String(action))),
    );
    expect(granting).toMatchObject([{ Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } } }]);
  });

  it("is used by a named service under its condition", () => {
    const condition = { StringEquals: { "aws:SourceAccount": "123456789012" } };
    const { policy } = synthStack(
      (stack) =>
        new Key(stack, "Data", { ...props, serviceUsers: [{ service: "events.amazonaws.com", condition }] }),
    ).resource("aws_kms_key");
    expect(statementsOf(policy).UsedByEvents).toMatchObject({
      Principal: { Service: "events.amazonaws.com" },
      Condition: condition,
    });
  });

  it("goes after 7 days in a disposable zone, or after as many as asked", () => {
    const window = (zone = testZone(), days?: number) =>
      synthStack(
        (stack) => new Key(stack, "Data", { ...props, ...(days ? { deletionWindowDays: days } : {}) }),
        {
          zone,
        },
      ).resource("aws_kms_key").deletion_window_in_days;
    expect(window(testZone({ disposable: true }))).toBe(7);
    expect(window(testZone({ disposable: true }), 14)).toBe(14);
  });

  it.each([6, 31, 7.5])("refuses a deletion window of %d days", (days) => {
    expect(() =>
      synthStack((stack) => new Key(stack, "Data", { ...props, deletionWindowDays: days })),
    ).toThrow(`test-sample/Data:\n  'deletionWindowDays' must be a whole number from 7 to 30, got: ${days}`);
  });

  it("gives each service user a Sid that tells who it is, and refuses two that are the same", () => {
    const events = { service: "events.amazonaws.com", condition: {} };
    expect(Object.keys(policyOf({ serviceUsers: [events, { ...events, sid: "Other" }] }))).toEqual([
      "AdministeredByIam",
      "DenyLosingTheKey",
      "UsedByEvents",
      "Other",
    ]);
    expect(() => synth({ serviceUsers: [events, events] })).toThrow(
      /'serviceUsers' must be service users whose Sids differ.* got: "UsedByEvents, UsedByEvents"/,
    );
  });

  it("lets a service do no more than it is said to", () => {
    const user = { service: "events.amazonaws.com", condition: {}, actions: ["kms:Decrypt"] };
    expect(policyOf({ serviceUsers: [user] }).UsedByEvents).toMatchObject({ Action: ["kms:Decrypt"] });
  });

  it("lets AWS's own roles decrypt by name, of this account alone", () => {
    expect(
      policyOf({ decryptingRoles: ["arn:aws:iam::123456789012:role/r"] }).DecryptedByServiceRoles,
    ).toMatchObject({
      Action: ["kms:Decrypt", "kms:DescribeKey"],
      Condition: {
        StringEquals: { "kms:CallerAccount": "123456789012" },
        ArnEquals: { "aws:PrincipalArn": ["arn:aws:iam::123456789012:role/r"] },
      },
    });
  });

  describe("losing it", () => {
    it("is denied to everyone", () => {
      const { DenyLosingTheKey } = policyOf();
      expect(DenyLosingTheKey).toMatchObject({
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: ["kms:DisableKey", "kms:ScheduleKeyDeletion"],
      });
      expect(DenyLosingTheKey).not.toHaveProperty("Condition");
    });

    it("is left to IAM where the key or the zone is to go", () => {
      expect(policyOf({ deletable: true })).not.toHaveProperty("DenyLosingTheKey");
      expect(policyOf({}, testZone({ disposable: true }))).not.toHaveProperty("DenyLosingTheKey");
    });

    it("is denied in a disposable zone where the key asks for that", () => {
      expect(policyOf({ deletable: false }, testZone({ disposable: true }))).toHaveProperty(
        "DenyLosingTheKey",
      );
    });
  });

  describe("in several regions", () => {
    it("is of one region unless asked", () => {
      expect(synth().resource("aws_kms_key")).not.toHaveProperty("multi_region");
      expect(policyOf({}, twoRegionZone())).not.toHaveProperty("ReplicatedWithinZone");
    });

    it("is replicated to the zone's other region alone", () => {
      expect(synth({ multiRegion: true }).resource("aws_kms_key")).toMatchObject({ multi_region: true });
      expect(policyOf({ multiRegion: true })).not.toHaveProperty("ReplicatedWithinZone");
      expect(policyOf({ multiRegion: true }, twoRegionZone()).ReplicatedWithinZone).toMatchObject({
        Action: "kms:ReplicateKey",
        Condition: { StringEquals: { "kms:ReplicaRegion": ["eu-central-1"] } },
      });
    });

    it("shares its primary's material and rotation, with an alias and a policy of its own", () => {
      const stack = synth({ replicaOf: primary, viaServices: ["s3"] });
      expect(stack.resources("aws_kms_key")).toEqual([]);
      expect(stack.resource("aws_kms_replica_key")).toMatchObject({
        primary_key_arn: primary.keyArn,
        deletion_window_in_days: 30,
      });
      expect(Object.keys(statementsOf(stack.resource("aws_kms_replica_key").policy))).toEqual([
        "AdministeredByIam",
        "DenyLosingTheKey",
        "UsedThroughServices",
        "GrantedToServices",
      ]);
      expect(stack.resource("aws_kms_alias")).toMatchObject({
        name: "alias/test-data",
        target_key_id: expect.stringContaining("aws_kms_replica_key.Data_"),
      });
    });

    it("takes a primary that only Terraform knows", () => {
      const stack = synth({ replicaOf: Key.fromKeyArn("${data.aws_ssm_parameter.key.insecure_value}") });
      expect(stack.resource("aws_kms_replica_key").primary_key_arn).toBe(
        "${data.aws_ssm_parameter.key.insecure_value}",
      );
    });

    it("is not both a primary and a replica", () => {
      expect(() => synth({ replicaOf: primary, multiRegion: true })).toThrow(
        "'multiRegion' must be left out where there is 'replicaOf'",
      );
    });
  });
});

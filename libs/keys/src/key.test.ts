import { statementsOf, synthStack, testZone } from "@landfall/testing";
import { Key } from "./key";

const props = { dataClass: "data", description: "Data" };

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
    const { policy } = synthStack((stack) => new Key(stack, "Data", props)).resource("aws_kms_key");
    const statements = statementsOf(policy);
    expect(Object.keys(statements)).toEqual(["AdministeredByIam"]);
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
    expect(statementsOf(policy).ServiceUser0).toMatchObject({
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
});

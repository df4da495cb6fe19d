import { synthStack, testZone } from "@landfall/testing";
import { Table } from "./table";

const props = { name: "catalogue", encryptionKey: { keyArn: "arn:key" }, partitionKey: "pk" };

describe("Table", () => {
  it("is encrypted with the given key, recoverable, guarded from deletion and on demand", () => {
    expect(
      synthStack((stack) => new Table(stack, "Catalogue", props)).resource("aws_dynamodb_table"),
    ).toMatchObject({
      name: "test-sample-catalogue",
      billing_mode: "PAY_PER_REQUEST",
      hash_key: "pk",
      server_side_encryption: { enabled: true, kms_key_arn: "arn:key" },
      point_in_time_recovery: { enabled: true },
      deletion_protection_enabled: true,
    });
  });

  it("may be deleted with a disposable zone", () => {
    const stack = synthStack((stack) => new Table(stack, "Catalogue", props), {
      zone: testZone({ disposable: true }),
    });
    expect(stack.resource("aws_dynamodb_table")).toMatchObject({ deletion_protection_enabled: false });
  });

  it("lets items expire only when an attribute is named", () => {
    const ttl = (timeToLiveAttribute?: string) =>
      synthStack(
        (stack) =>
          new Table(stack, "Catalogue", {
            ...props,
            ...(timeToLiveAttribute ? { timeToLiveAttribute } : {}),
          }),
      ).resource("aws_dynamodb_table").ttl;
    expect(ttl()).toBeUndefined();
    expect(ttl("expiration")).toEqual({ enabled: true, attribute_name: "expiration" });
  });
});

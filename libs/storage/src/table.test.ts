import { defineStack, ZoneStack } from "@landfall/stack";
import { synthApp, synthStack, testZone, twoRegionZone } from "@landfall/testing";
import { Table, type TableProps } from "./table";
import { TableReplica } from "./table-replica";

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

  const table = (change: Partial<TableProps> = {}) =>
    synthStack((stack) => new Table(stack, "Catalogue", { ...props, ...change })).resource(
      "aws_dynamodb_table",
    );

  it("has no sort key, stream, index or replica unless asked", () => {
    const { range_key, stream_enabled, global_secondary_index, lifecycle, attribute } = table();
    expect({ range_key, stream_enabled, global_secondary_index, lifecycle }).toEqual({});
    expect(attribute).toEqual([{ name: "pk", type: "S" }]);
  });

  it("sorts a partition's items by the sort key", () => {
    expect(table({ sortKey: "sk" })).toMatchObject({
      range_key: "sk",
      attribute: [
        { name: "pk", type: "S" },
        { name: "sk", type: "S" },
      ],
    });
  });

  it.each([
    ["keys-only", "KEYS_ONLY"],
    ["new-image", "NEW_IMAGE"],
    ["new-and-old-images", "NEW_AND_OLD_IMAGES"],
  ] as const)("streams its changes as %s", (stream, view) => {
    expect(table({ stream })).toMatchObject({ stream_enabled: true, stream_view_type: view });
  });

  it("defines each attribute of its indexes once", () => {
    const indexes = {
      "by-author": { partitionKey: "author", sortKey: "pk" },
      "by-year": { partitionKey: "year", holds: "keys" },
      "by-title": { partitionKey: "title", sortKey: "year", holds: ["bytes"] },
    } as const;
    const { attribute, global_secondary_index } = table({ indexes });
    expect((attribute as { name: string }[]).map(({ name }) => name)).toEqual([
      "pk",
      "author",
      "year",
      "title",
    ]);
    expect(global_secondary_index).toEqual([
      { name: "by-author", hash_key: "author", range_key: "pk", projection_type: "ALL" },
      { name: "by-year", hash_key: "year", projection_type: "KEYS_ONLY" },
      {
        name: "by-title",
        hash_key: "title",
        range_key: "year",
        projection_type: "INCLUDE",
        non_key_attributes: ["bytes"],
      },
    ]);
  });

  it("leaves its replicas to the stacks of their regions", () => {
    expect(table({ replicated: true })).toMatchObject({
      stream_enabled: true,
      stream_view_type: "NEW_AND_OLD_IMAGES",
      lifecycle: { ignore_changes: ["replica"] },
    });
  });

  it("refuses what DynamoDB refuses, all at once", () => {
    expect(() =>
      table({ sortKey: "pk", replicated: true, stream: "keys-only", indexes: { x: { partitionKey: "a" } } }),
    ).toThrow(/'sortKey' must be .*\n.*'stream' must be .*\n.*'indexes' must be /);
  });

  it("has no stream to give where it has none", () => {
    expect(() => synthStack((stack) => void new Table(stack, "Catalogue", props).streamArn)).toThrow(
      "has no stream: give it one with 'stream'",
    );
  });
});

describe("TableReplica", () => {
  const instances = (zone = twoRegionZone()) =>
    synthApp({
      zone,
      definitions: [
        defineStack({
          name: "sample",
          scope: "regional",
          accounts: ["workload"],
          build: (scope, stackProps) => {
            const stack = new ZoneStack(scope, stackProps);
            return stack.isHomeRegion
              ? new Table(stack, "Catalogue", { ...props, replicated: true })
              : new TableReplica(stack, "Catalogue", {
                  name: "catalogue",
                  encryptionKey: { keyArn: "arn:own" },
                });
          },
        }),
      ],
    });

  it("is encrypted with its region's key, recoverable and guarded from deletion", () => {
    expect(instances()["test-sample-eu-central-1"]?.resource("aws_dynamodb_table_replica")).toMatchObject({
      global_table_arn: "arn:aws:dynamodb:eu-west-1:123456789012:table/test-sample-catalogue",
      kms_key_arn: "arn:own",
      point_in_time_recovery: true,
      deletion_protection_enabled: true,
    });
  });

  it("may be deleted with a disposable zone", () => {
    const zone = twoRegionZone({ disposable: true });
    expect(instances(zone)["test-sample-eu-central-1"]?.resource("aws_dynamodb_table_replica")).toMatchObject(
      {
        deletion_protection_enabled: false,
      },
    );
  });

  it("is refused in the region of the table itself", () => {
    expect(() =>
      synthStack(
        (stack) =>
          new TableReplica(stack, "Catalogue", { name: "catalogue", encryptionKey: { keyArn: "a" } }),
      ),
    ).toThrow("'region' must be another region than the table's own");
  });
});

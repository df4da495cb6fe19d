import type { Change, ResourceChange } from "./plan-json";
import { summarize } from "./summarize";

const of = {
  instance: "sandbox-orders-eu-west-1",
  stack: "orders",
  zone: "sandbox",
  account: "main",
  region: "eu-west-1",
};

const resource = (
  address: string,
  actions: string[],
  change: Partial<Change> = {},
  rest: Partial<ResourceChange> = {},
): ResourceChange => ({
  address,
  mode: "managed",
  type: address.split(".")[0] ?? "",
  change: { actions, ...change },
  ...rest,
});

const changesOf = (...changes: ResourceChange[]) => summarize({ resource_changes: changes }, of).changes;

describe("summarize", () => {
  it("puts stateful resources that are lost first, then other losses, changes and additions", () => {
    const changes = changesOf(
      resource("aws_sqs_queue.new", ["create"]),
      resource("aws_iam_role.kept", ["update"], { before: { a: 1 }, after: { a: 2 } }),
      resource("aws_lambda_function.again", ["delete", "create"]),
      resource("aws_iam_policy.gone", ["delete"]),
      resource("aws_s3_bucket.again", ["create", "delete"]),
      resource("aws_dynamodb_table.gone", ["delete"]),
      resource("aws_vpc.same", ["no-op"]),
      resource("data.aws_caller_identity.me", ["read"], {}, { mode: "data" }),
    );

    expect(changes.map(({ address, action, loses }) => [address, action, loses])).toEqual([
      ["aws_dynamodb_table.gone", "delete", "its items"],
      ["aws_s3_bucket.again", "replace", "its objects"],
      ["aws_iam_policy.gone", "delete", undefined],
      ["aws_lambda_function.again", "replace", undefined],
      ["aws_iam_role.kept", "update", undefined],
      ["aws_sqs_queue.new", "create", undefined],
    ]);
  });

  it("counts a replacement once, and what the cost-relevant additions and deletions add up to", () => {
    const { counts } = summarize(
      {
        resource_changes: [
          resource("aws_nat_gateway.a", ["create"]),
          resource("aws_kms_key.b", ["delete"]),
          resource("aws_kms_key.c", ["delete", "create"]),
          resource("aws_sqs_queue.d", ["update"]),
        ],
      },
      of,
    );

    expect(counts).toEqual({ add: 1, change: 1, replace: 1, destroy: 1, statefulLost: 2, monthlyUsd: 31.85 });
  });

  it.each([
    [
      "the paths that force it",
      { replace_paths: [["hash_key"], ["ingress", 0, "port"]] },
      "",
      ["hash_key", "ingress[0].port"],
    ],
    [
      "that it is tainted",
      {},
      "replace_because_tainted",
      ["it is tainted: an earlier apply left it half made"],
    ],
    ["that the code has it no more", {}, "delete_because_each_key", ["it is no longer in the configuration"]],
    [
      "a path no further than to what is sensitive",
      { replace_paths: [["settings", "s3cr3t"]], after_sensitive: { settings: true } },
      "",
      ["settings"],
    ],
  ])("says why a resource is lost: %s", (_what, change, reason, because) => {
    const [only] = changesOf(
      resource("aws_dynamodb_table.t", ["delete", "create"], change, { action_reason: reason }),
    );

    expect(only?.because).toEqual(because);
  });

  it("keeps of a replacement what forces it, and not what AWS will only tell afterwards", () => {
    const [only] = changesOf(
      resource("aws_dynamodb_table.t", ["delete", "create"], {
        before: { arn: "arn:1", hash_key: "id" },
        after: { hash_key: "key" },
        after_unknown: { arn: true },
        replace_paths: [["hash_key"]],
      }),
    );

    expect(only?.attributes).toEqual([
      { path: "hash_key", sensitive: false, before: '"id"', after: '"key"' },
    ]);
  });

  it.each([
    ["forgotten", resource("aws_s3_bucket.b", ["forget"]), "forget"],
    ["moved", resource("aws_s3_bucket.b", ["no-op"], {}, { previous_address: "aws_s3_bucket.a" }), "move"],
    ["imported", resource("aws_s3_bucket.b", ["no-op"], { importing: { id: "b" } }), "import"],
  ])("says that a resource is %s, and loses nothing", (_what, change, action) => {
    expect(changesOf(change)).toMatchObject([{ action }]);
    expect(changesOf(change)[0]).not.toHaveProperty("loses");
  });

  it.each([
    ["a NAT gateway", "aws_nat_gateway", {}, 32.85],
    [
      "an interface endpoint in two zones",
      "aws_vpc_endpoint",
      { vpc_endpoint_type: "Interface", subnet_ids: ["a", "b"] },
      14.6,
    ],
    ["a gateway endpoint", "aws_vpc_endpoint", { vpc_endpoint_type: "Gateway" }, undefined],
    ["a firewall in two zones", "aws_networkfirewall_firewall", { subnet_mapping: [{}, {}] }, 576.7],
    ["an on-demand table", "aws_dynamodb_table", { billing_mode: "PAY_PER_REQUEST" }, undefined],
    ["a provisioned table", "aws_dynamodb_table", { billing_mode: "PROVISIONED" }, 0],
    ["GuardDuty", "aws_guardduty_detector", {}, 0],
  ])("hints at the price of %s", (_what, type, after, monthlyUsd) => {
    const [only] = changesOf(resource(`${type}.x`, ["create"], { after }));

    expect(only?.price?.monthlyUsd).toBe(monthlyUsd);
    expect(only?.price?.source ?? "https://aws.amazon.com/").toMatch(/^https:\/\/aws\.amazon\.com\//);
  });

  it("has nothing to say of an empty plan", () => {
    expect(summarize({}, of)).toEqual({
      ...of,
      changes: [],
      counts: { add: 0, change: 0, replace: 0, destroy: 0, statefulLost: 0, monthlyUsd: 0 },
    });
  });
});

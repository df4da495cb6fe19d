import { MANAGEMENT, sampleZone, WORKLOAD } from "../testing/fixture";
import { zoneOf } from "./read-zone";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
});

describe("readZone", () => {
  const zone = zoneOf(sampleZone());
  const role = (name: string, account: string) =>
    zone.roles.find((each) => each.name === name && each.account === account);

  it("gives a role its inline policies, and its boundary across the contract", () => {
    const found = role("sample-orders", WORKLOAD);
    expect(found?.policies.map(({ name }) => name)).toEqual(["function"]);
    expect(found?.boundary?.arn).toBe(`arn:aws:iam::${WORKLOAD}:policy/sample-workload-boundary`);
    expect(found?.kind).toBe("workload");
  });

  it("gives a role its attached policies", () => {
    const found = role("sample-deploy", WORKLOAD);
    expect(found?.policies.map(({ name }) => name)).toEqual(["AdministratorAccess"]);
    expect(found?.kind).toBe("deploy");
  });

  it("tells roles of the same name in two accounts apart", () => {
    expect(role("sample-deploy", MANAGEMENT)?.policies.map(({ name }) => name)).toEqual(["all"]);
    expect(role("sample-deploy", MANAGEMENT)?.boundary).toBeUndefined();
  });

  it("resolves references inside of policies", () => {
    const [consume] = role("sample-orders", WORKLOAD)?.policies[0]?.document.Statement ?? [];
    expect(consume?.Resource).toBe(`arn:aws:sqs:eu-west-1:${WORKLOAD}:sample-orders`);
  });

  it("gives a member account the policies of each level, root first, and the management account none", () => {
    const levels = zone.controls.get(WORKLOAD)?.map(({ policies }) => policies.map(({ name }) => name));
    expect(levels).toEqual([["FullAWSAccess"], ["FullAWSAccess", "guard"], ["FullAWSAccess"]]);
    expect(zone.controls.has(MANAGEMENT)).toBe(false);
  });

  it("knows the role that consumes a queue, and the queue's key", () => {
    const queue = `arn:aws:sqs:eu-west-1:${WORKLOAD}:sample-orders`;
    expect(zone.consumptions).toEqual([
      { source: queue, role: `arn:aws:iam::${WORKLOAD}:role/sample-orders`, region: "eu-west-1" },
    ]);
    expect(zone.resources.get(zone.keys.get(queue) ?? "")?.type).toBe("aws_kms_key");
  });

  it.each(["arn", "function_name"])("knows a function that a queue triggers by its %s", (attribute) => {
    const mapping = {
      event_source_arn: "${aws_sqs_queue.Audit.arn}",
      function_name: `\${aws_lambda_function.Function.${attribute}}`,
    };
    const files = sampleZone({ resources: { aws_lambda_event_source_mapping: { Function: mapping } } });
    expect(zoneOf(files).consumptions.map(({ source }) => source)).toEqual([
      `arn:aws:sqs:eu-west-1:${WORKLOAD}:sample-audit`,
    ]);
  });

  it.each([
    ["an object", { log_group: "/orders" }],
    ["a list of one", [{ log_group: "/orders" }]],
  ])("knows what a function runs with where a block is %s", (_, block) => {
    const configured = { function_name: "sample-more", role: "${aws_iam_role.Function.arn}" };
    const files = sampleZone({
      resources: {
        aws_lambda_function: {
          Function: { ...configured, function_name: "sample-orders" },
          More: { ...configured, logging_config: block, vpc_config: [{ subnet_ids: [] }] },
        },
      },
    });
    expect(zoneOf(files).functions).toMatchObject([
      { name: "sample-orders", inVpc: false },
      { name: "sample-more", logGroup: "/orders", inVpc: true },
    ]);
  });

  it("knows the stack that declares a resource", () => {
    const stacks = zone.roles.map(({ name, stack }) => `${name}: ${stack}`);
    expect(stacks).toContain("sample-orders: orders");
    expect(zone.resources.get(`arn:aws:sqs:eu-west-1:${WORKLOAD}:sample-orders`)?.stack).toBe("orders");
  });

  it("gives a key without a policy AWS's default: all policies of its account decide", () => {
    const keyed = zoneOf(sampleZone({ resources: { aws_kms_key: { Messages: {} } } }));
    const key = [...keyed.resources.values()].find(({ type }) => type === "aws_kms_key");
    expect(key?.policy?.document.Statement).toMatchObject([
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${WORKLOAD}:root` }, Action: "kms:*" },
    ]);
  });

  it.each([
    [
      "an AWS managed policy that is not known",
      {
        aws_iam_role_policy_attachment: {
          Extra: { role: "sample-orders", policy_arn: "arn:aws:iam::aws:policy/PowerUserAccess" },
        },
      },
      /unknown managed policy arn:aws:iam::aws:policy\/PowerUserAccess/,
    ],
    [
      "a policy of a role that is not in the zone",
      { aws_iam_role_policy: { Extra: { name: "extra", role: "stranger", policy: trust } } },
      /must belong to a role of the zone, got: 222222222222 stranger/,
    ],
    [
      "a reference that is not known before deployment",
      {
        aws_iam_role: {
          Extra: { name: "${aws_lambda_function.Function.version}", assume_role_policy: trust },
        },
      },
      /aws_lambda_function\.Function\.version is not known before it is deployed/,
    ],
    [
      "a reference to nothing",
      { aws_iam_role: { Extra: { name: "${aws_sqs_queue.Missing.name}", assume_role_policy: trust } } },
      /'name' of .*aws_iam_role\.Extra: sample-orders-workload has no aws_sqs_queue\.Missing/,
    ],
    [
      "a policy inside of a role's block",
      {
        aws_iam_role: { Extra: { name: "extra", assume_role_policy: trust, inline_policy: [{ name: "x" }] } },
      },
      /must not use 'inline_policy'/,
    ],
    [
      "a policy inside of a role's generated block",
      {
        aws_iam_role: {
          Extra: {
            name: "extra",
            assume_role_policy: trust,
            dynamic: { inline_policy: { for_each: ["x"], content: { name: "x" } } },
          },
        },
      },
      /must not use 'inline_policy'/,
    ],
    ["a user", { aws_iam_user: { Extra: { name: "extra" } } }, /aws_iam_user is not simulated/],
    [
      "a resource control policy",
      { aws_organizations_policy: { Extra: { type: "RESOURCE_CONTROL_POLICY", name: "x", content: trust } } },
      /RESOURCE_CONTROL_POLICY is not simulated/,
    ],
    [
      "a policy that is no JSON",
      { aws_iam_role: { Extra: { name: "extra", assume_role_policy: "{" } } },
      /'assume_role_policy' of .*Extra must be JSON/,
    ],
  ])("refuses %s", (_, resources, message) => {
    expect(() => zoneOf(sampleZone({ resources }))).toThrow(message);
  });

  it("tells all that can't be known at once", () => {
    const resources = {
      aws_iam_user: { Extra: { name: "extra" } },
      aws_iam_role_policy: { Extra: { name: "extra", role: "stranger", policy: trust } },
    };
    expect(() => zoneOf(sampleZone({ resources }))).toThrow(/(?=[^]*aws_iam_user)(?=[^]*stranger)/);
  });

  it("refuses a parameter that nobody publishes", () => {
    const files = sampleZone();
    const instances = files.instances.filter(({ stack }) => stack !== "bootstrap");
    expect(() => zoneOf({ ...files, instances })).toThrow(
      /aws_iam_role\.Function: no stack publishes '\/landfall\/sample\/bootstrap\/workloadBoundaryArn' in account 222222222222, eu-west-1/,
    );
  });

  it("refuses a member account that hangs on no unit", () => {
    const files = sampleZone();
    const accounts = [...files.accounts, { name: "stray", id: "333333333333", management: false }];
    expect(() => zoneOf({ ...files, accounts })).toThrow(/the account 'stray' .* must be in a unit/);
  });
});

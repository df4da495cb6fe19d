import { type Zone } from "@landfall/core";
import { type SynthesizedStack, statementsOf, synthApp, testZone, twoRegionZone } from "@landfall/testing";
import { definition } from "./stack";

const FRONT = { publicSubnets: true, block: "10.0.0.0/14", vpcPrefix: 16 };
const zoneWithFront = twoRegionZone({ network: FRONT, dns: { delegated: true } });
const instances = (zone: Zone): readonly SynthesizedStack[] =>
  Object.values(synthApp({ zone, definitions: [definition] }));
const [home, recovery] = instances(zoneWithFront) as [SynthesizedStack, SynthesizedStack];

describe("the front door", () => {
  it.each([
    ["a zone whose domain is not delegated", { network: FRONT }],
    ["a zone without public subnets", { dns: { delegated: true } }],
  ])("is left out of %s, which gets all the rest", (_, change) => {
    const [stack] = instances(testZone(change));
    for (const type of ["aws_lb", "aws_wafv2_web_acl", "aws_route53_record", "aws_lambda_permission"])
      expect(stack?.resources(type)).toEqual([]);
    expect(stack?.resources("aws_lambda_function")).toHaveLength(3);
    const published = stack?.resources("aws_ssm_parameter").map(({ name }) => String(name));
    expect(published?.filter((name) => /domainName|loadBalancer/.test(name))).toEqual([]);
  });

  it("is in both regions, and the name fails over from the home region to the other", () => {
    expect(home.resource("aws_route53_record")).toMatchObject({
      name: "orders.test.example.com",
      set_identifier: "primary",
      failover_routing_policy: { type: "PRIMARY" },
    });
    expect(recovery.resource("aws_route53_record")).toMatchObject({
      name: "orders.test.example.com",
      failover_routing_policy: { type: "SECONDARY" },
    });
  });

  it("asks each region's own load balancer for the truth", () => {
    for (const stack of [home, recovery]) {
      expect(stack.resource("aws_route53_health_check")).toMatchObject({
        type: "HTTPS",
        fqdn: expect.stringContaining("aws_lb.FrontDoor_LoadBalancer"),
        resource_path: "/health",
        request_interval: 10,
        failure_threshold: 3,
      });
    }
  });
});

describe("what is kept", () => {
  it("is in both regions, but for what only answers a repeated request", () => {
    const names = (stack: SynthesizedStack) =>
      stack.resources("aws_dynamodb_table").map(({ name }) => String(name));
    expect(names(home).sort()).toEqual([
      "test-orders-idempotency",
      "test-orders-issuers",
      "test-orders-orders",
    ]);
    expect(names(recovery)).toEqual(["test-orders-idempotency"]);
    expect(
      recovery
        .resources("aws_dynamodb_table_replica")
        .map(({ global_table_arn }) => global_table_arn)
        .sort(),
    ).toEqual([
      "arn:aws:dynamodb:eu-west-1:123456789012:table/test-orders-issuers",
      "arn:aws:dynamodb:eu-west-1:123456789012:table/test-orders-orders",
    ]);
  });
});

describe("the rule", () => {
  it("selects what this region's outbox tells of", () => {
    const { event_pattern } = recovery.resource("aws_cloudwatch_event_rule");
    expect(JSON.parse(String(event_pattern))).toEqual({
      source: ["landfall.orders"],
      "detail-type": ["Order Accepted"],
      detail: { region: ["eu-central-1"] },
    });
  });
});

describe("the functions", () => {
  const statements = (name: string) =>
    statementsOf(
      home.resources("aws_iam_role_policy").find(({ role }) => String(role).includes(`.${name}_Role`))
        ?.policy,
    );
  const dataActions = (name: string) =>
    Object.values(statements(name))
      .flatMap(({ Action }) => Action)
      .filter((action) => /^(dynamodb|events):/.test(String(action)))
      .sort();

  it("may do what each is for: none can write an issuer, and the one on the internet can fulfil no order by an update", () => {
    expect(statements("Api").TakeAndShowOrders?.Action).toEqual(["dynamodb:GetItem", "dynamodb:PutItem"]);
    expect(statements("Api").KnowIssuers?.Action).toBe("dynamodb:GetItem");
    expect(dataActions("Outbox")).toEqual([
      "dynamodb:DescribeStream",
      "dynamodb:GetRecords",
      "dynamodb:GetShardIterator",
      "dynamodb:ListStreams",
      "events:PutEvents",
    ]);
    expect(dataActions("Fulfilment")).toEqual(["dynamodb:UpdateItem"]);
  });

  it("speak on the bus in their own name alone", () => {
    expect(statements("Outbox").TellOfOrders?.Condition).toEqual({
      "ForAllValues:StringEquals": { "events:source": ["landfall.orders"] },
      Null: { "events:source": "false" },
    });
  });

  it("hear of new orders, not of health checks or changes", () => {
    const stream = home.resources("aws_lambda_event_source_mapping").find((each) => each.starting_position);
    expect(stream?.filter_criteria).toEqual({
      filter: [
        { pattern: '{"eventName":["INSERT"],"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"order#"}]}}}}' },
      ],
    });
  });
});

import { type Zone } from "@landfall/core";
import { Lazy } from "cdktf";
import { organizationZone, synthApp, synthStack, twoRegionZone } from "@landfall/testing";
import { defineStack, ZoneStack } from "@landfall/stack";
import { type CheckedTarget } from "./alias-target";
import { FailoverRecord, type FailoverRecordProps } from "./failover-record";
import { FailoverRecords } from "./failover-records";
import { HealthCheck } from "./health-check";
import { WeightedRecords, type WeightedRecordsProps } from "./weighted-records";

const token = (expression: string): string => Lazy.stringValue({ produce: () => expression });

const target = (region: string): CheckedTarget => ({
  dnsName: `lb.${region}.elb.amazonaws.com`,
  hostedZoneId: `Z-${region}`,
  healthCheck: HealthCheck.fromHealthCheckId(`check-${region}`),
});
const name = "orders.test.example.com";

describe("FailoverRecord", () => {
  const record = (change: Partial<FailoverRecordProps> = {}, zone?: Zone) =>
    synthStack(
      (stack) =>
        new FailoverRecord(stack, "Record", { zoneId: "Z1", name, target: target("eu-west-1"), ...change }),
      zone ? { zone } : {},
    );

  it("is the primary in the home region and the secondary in the recovery region", () => {
    const definition = defineStack({
      name: "orders",
      scope: "regional",
      accounts: ["workload"],
      build: (scope, props) =>
        new FailoverRecord(new ZoneStack(scope, props), "Record", {
          zoneId: "Z1",
          name,
          target: target(props.region),
        }),
    });
    const stacks = synthApp({ zone: twoRegionZone(), definitions: [definition] });
    expect(stacks["test-orders-eu-west-1"]?.resource("aws_route53_record")).toMatchObject({
      name,
      type: "A",
      set_identifier: "primary",
      failover_routing_policy: { type: "PRIMARY" },
      health_check_id: "check-eu-west-1",
      alias: { name: "lb.eu-west-1.elb.amazonaws.com", zone_id: "Z-eu-west-1", evaluate_target_health: true },
    });
    expect(stacks["test-orders-eu-central-1"]?.resource("aws_route53_record")).toMatchObject({
      set_identifier: "secondary",
      failover_routing_policy: { type: "SECONDARY" },
      health_check_id: "check-eu-central-1",
    });
  });

  it("has the role and the types that are asked for", () => {
    const records = record({ role: "secondary", types: ["A", "AAAA"] }).resources("aws_route53_record");
    expect(records.map(({ type, set_identifier }) => [type, set_identifier])).toEqual([
      ["AAAA", "secondary"],
      ["A", "secondary"],
    ]);
  });

  it("refuses a name outside of the account's domain, and says which are inside", () => {
    expect(() => record({ name: "orders.example.com", types: [] })).toThrow(
      `test-sample/Record:
  'name' must be test.example.com or a lower-case name below it, e.g. www.test.example.com, got: "orders.example.com"
  'types' must be A, AAAA or both, got: []`,
    );
  });

  it("refuses a name that another account answers for", () => {
    expect(() => record({ name: "orders.workload.test.example.com" }, organizationZone())).toThrow(
      "this one belongs to account 'workload', so write it there",
    );
  });

  it("does not judge a name that only Terraform knows", () => {
    const domain = "${data.aws_ssm_parameter.domain.value}";
    const given = record({ name: `orders.${token(domain)}` });
    expect(given.resource("aws_route53_record").name).toBe(`orders.${domain}`);
  });
});

describe("FailoverRecords", () => {
  it("makes both sides of a name", () => {
    const records = synthStack(
      (stack) =>
        new FailoverRecords(stack, "Orders", {
          zoneId: "Z1",
          name,
          primary: target("eu-west-1"),
          secondary: target("eu-central-1"),
        }),
    ).resources("aws_route53_record");
    expect(records.map(({ set_identifier, health_check_id }) => [set_identifier, health_check_id])).toEqual([
      ["primary", "check-eu-west-1"],
      ["secondary", "check-eu-central-1"],
    ]);
  });
});

describe("WeightedRecords", () => {
  const { healthCheck, ...blue } = target("eu-west-1");
  const green = target("eu-central-1");
  const records = (change: Partial<WeightedRecordsProps> = {}) =>
    synthStack(
      (stack) =>
        new WeightedRecords(stack, "Orders", {
          zoneId: "Z1",
          name,
          targets: { blue: { ...blue, weight: 90 }, green: { ...green, weight: 10 } },
          ...change,
        }),
    ).resources("aws_route53_record");

  it("shares the answers by weight, each target under its own identifier", () => {
    const [first, second] = records();
    expect(first).toMatchObject({
      name,
      type: "A",
      set_identifier: "blue",
      weighted_routing_policy: { weight: 90 },
      alias: { name: "lb.eu-west-1.elb.amazonaws.com", evaluate_target_health: true },
    });
    expect(first).not.toHaveProperty("health_check_id");
    expect(second).toMatchObject({
      set_identifier: "green",
      weighted_routing_policy: { weight: 10 },
      health_check_id: "check-eu-central-1",
    });
    expect(healthCheck.healthCheckId).toBe("check-eu-west-1");
  });

  it("answers for IPv6 too where asked", () => {
    expect(records({ types: ["A", "AAAA"] })).toHaveLength(4);
  });

  it.each<[WeightedRecordsProps["targets"], string]>([
    [{}, "'targets' must be at least one with a weight above 0, got: []"],
    [
      { blue: { ...blue, weight: 0 } },
      `'targets' must be at least one with a weight above 0, got: ["blue: 0"]`,
    ],
    [
      { blue: { ...blue, weight: 256 } },
      "'targets.blue.weight' must be a whole number from 0 to 255, got: 256",
    ],
    [{ "Blue 1": { ...blue, weight: 1 } }, `'targets' must be keyed by 1 to 63 lower-case letters`],
  ])("refuses the targets %j", (targets, message) => {
    expect(() => records({ targets })).toThrow(message);
  });

  it("refuses a name outside of the account's domain", () => {
    expect(() => records({ name: "example.com" })).toThrow(/'name' must be test\.example\.com or/);
  });
});

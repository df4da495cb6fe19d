import type { State, StateResource } from "../state";
import { type Known, cutoffIsOn, reasonToPlan } from "./cutoff";
import { recordBlocks } from "./record";

const value = {
  block: "vpcId",
  parameter: "/landfall/sandbox/network/vpcId",
  region: "eu-west-1",
  role: undefined,
};
const resource = (type: string, more: object = {}): StateResource => ({
  mode: "managed",
  type,
  name: "a",
  instances: [{ attributes: {}, ...more }],
});
const record = (fingerprint: string, consumed: Record<string, string>, more: object = {}): StateResource => ({
  mode: "managed",
  type: "terraform_data",
  name: "landfall_fingerprint",
  instances: [{ attributes: { input: { value: { fingerprint, consumed }, type: "dynamic" } }, ...more }],
});
const state = (...resources: StateResource[]): State => ({ resources });
const deployed = record("same", { vpcId: "vpc-1" });

const known = (more: Partial<Known> = {}): Known => ({
  json: { resource: { aws_vpc: { a: {} } } },
  fingerprint: "same",
  state: state(deployed, resource("aws_vpc")),
  consumed: [value],
  read: () => Promise.resolve(new Map([["vpcId", { value: "vpc-1", version: 7 }]])),
  ...more,
});
const reading =
  (found: string): Known["read"] =>
  () =>
    Promise.resolve(new Map([["vpcId", { value: found, version: 1 }]]));

describe("reasonToPlan", () => {
  it("has none for what is as it was last deployed", async () => {
    expect(await reasonToPlan(known())).toBeUndefined();
  });

  it("has none for a data source whose answer does not change", async () => {
    const data = { aws_region: { here: {} }, aws_ssm_parameter: { vpcId: {} } };
    expect(await reasonToPlan(known({ json: { ...known().json, data } }))).toBeUndefined();
  });

  it("has none where nothing is consumed, and asks nobody", async () => {
    const read = () => Promise.reject(new Error("asked"));
    expect(await reasonToPlan(known({ consumed: [], read }))).toBeUndefined();
  });

  it.each<[what: string, more: Partial<Known>, reason: string]>([
    ["an unreadable state", { state: undefined }, "its state could not be read beforehand"],
    ["no state", { state: {} }, "it was not deployed yet"],
    ["a state without a record", { state: state(resource("aws_vpc")) }, "it was not deployed yet"],
    [
      "a half made record",
      { state: state(record("same", {}, { status: "tainted" })) },
      "it was not deployed yet",
    ],
    [
      "another fingerprint",
      { fingerprint: "other" },
      "its configuration, an asset or the provider lock has changed",
    ],
    [
      "a resource that is no longer wanted",
      { state: state(deployed, resource("aws_vpc"), resource("aws_subnet")) },
      "aws_subnet.a is left from an earlier deploy",
    ],
    [
      "a half made resource",
      { state: state(deployed, resource("aws_vpc", { status: "tainted" })) },
      "aws_vpc.a is left from an earlier deploy",
    ],
    [
      "a replaced one that is not destroyed",
      { state: state(deployed, resource("aws_vpc", { deposed: "1a2b" })) },
      "aws_vpc.a is left from an earlier deploy",
    ],
    [
      "a data source that is no parameter",
      { json: { ...known().json, data: { aws_dynamodb_table: { orders: {} } } } },
      "only a plan can tell what data.aws_dynamodb_table.orders reads",
    ],
    ["consumption that is not known", { consumed: undefined }, "what it consumes is not known beforehand"],
    [
      "values that can't be read",
      { read: () => Promise.resolve(undefined) },
      "the values that it consumes could not be read",
    ],
    ["a new value", { read: reading("vpc-2") }, `it consumes what has changed: ${value.parameter}`],
    [
      "a value that it was not deployed with",
      { state: state(record("same", {}), resource("aws_vpc")) },
      `it consumes what has changed: ${value.parameter}`,
    ],
  ])("plans for %s", async (_what, more, reason) => {
    expect(await reasonToPlan(known(more))).toBe(reason);
  });
});

describe("recordBlocks", () => {
  it("waits for every resource and module, and takes the consumed values along", () => {
    const json = { resource: { aws_vpc: { a: {} }, aws_subnet: { b: {} } }, module: { m: {} } };
    expect(recordBlocks(json, "f", [value])).toEqual({
      resource: {
        terraform_data: {
          landfall_fingerprint: {
            input: {
              fingerprint: "f",
              consumed: { vpcId: "${data.aws_ssm_parameter.vpcId.insecure_value}" },
            },
            depends_on: ["aws_vpc.a", "aws_subnet.b", "module.m"],
          },
        },
      },
    });
  });
});

describe("cutoffIsOn", () => {
  it("is on unless it is switched off, and refuses anything else", () => {
    expect(cutoffIsOn({})).toBe(true);
    expect(cutoffIsOn({ LANDFALL_CUTOFF: "off" })).toBe(false);
    expect(() => cutoffIsOn({ LANDFALL_CUTOFF: "no" })).toThrow(
      "'LANDFALL_CUTOFF' must be one of on, off, got: no",
    );
  });
});

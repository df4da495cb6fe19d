import { countInState, parseState, publishedValues } from "./state";

const parameter = (attributes: Record<string, unknown>) => ({
  mode: "managed" as const,
  type: "aws_ssm_parameter",
  name: "value",
  instances: [{ attributes }],
});
const state = {
  resources: [
    parameter({ name: "/landfall/local/network/vpcId", type: "String", value: "vpc-1" }),
    parameter({ name: "/landfall/local/keys/secret", type: "SecureString", value: "hidden" }),
    parameter({ name: "/landfall/local/keys/arn", type: "String", insecure_value: "arn:x", value: "" }),
    parameter({ name: "/landfall/sandbox/network/vpcId", type: "String", value: "vpc-2" }),
    {
      mode: "data" as const,
      type: "aws_ssm_parameter",
      name: "other",
      instances: [{ attributes: { name: "/landfall/local/other/x" } }],
    },
    {
      mode: "managed" as const,
      type: "aws_subnet",
      name: "a",
      instances: [{ attributes: {} }, { attributes: {} }],
    },
    {
      mode: "managed" as const,
      type: "terraform_data",
      name: "landfall_fingerprint",
      instances: [{ attributes: {} }],
    },
  ],
};

describe("state", () => {
  it("counts managed resource instances, without the runner's own record", () => {
    expect(countInState(state)).toBe(6);
  });

  it("takes no state for an empty one", () => {
    expect(countInState(parseState("\n"))).toBe(0);
    expect(parseState('{"version":4}')).toEqual({ version: 4 });
  });

  it("finds the zone's published values, and keeps secrets", () => {
    expect(publishedValues(state, "local")).toEqual([
      { name: "keys/arn", value: "arn:x" },
      { name: "keys/secret", value: undefined },
      { name: "network/vpcId", value: "vpc-1" },
    ]);
  });
});

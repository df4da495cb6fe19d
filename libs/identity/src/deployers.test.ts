import { accountWith } from "@landfall/core";
import {
  organizationZone,
  statementsOf,
  type SynthesizedStack,
  synthApp,
  synthStack,
} from "@landfall/testing";
import { defineStack, ZoneStack } from "@landfall/stack";
import { Deployers } from "./deployers";

const BOUNDARY = "arn:aws:iam::123456789012:policy/test-deployer-boundary";
const STATE_KEY = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d";

const synth = (stateKeyArn?: string) =>
  synthStack((stack) => {
    new Deployers(stack, "Deployers", {
      boundaryArn: BOUNDARY,
      ...(stateKeyArn === undefined ? {} : { stateKeyArn }),
    });
  });

const role = (stack: SynthesizedStack, name: string) =>
  stack.resources("aws_iam_role").find((each) => each.name === name);

const policies = (stack: SynthesizedStack): Record<string, unknown> =>
  Object.fromEntries(stack.resources("aws_iam_policy").map(({ name, policy }) => [String(name), policy]));

/** The policies attached to a role, by the id of the attachment. */
const attached = (stack: SynthesizedStack, id: string): string[] =>
  Object.keys(stack.json.resource?.aws_iam_role_policy_attachment ?? {})
    .filter((address) => address.startsWith(`Deployers_${id}_`))
    .map((address) => address.replace(`Deployers_${id}_`, "").replace(/_[0-9A-F]{8}$/, ""))
    .sort();

describe("Deployers", () => {
  const stack = synth();

  it.each(["test-plan", "test-deploy"])("bounds %s, and trusts the home account alone", (name) => {
    const found = role(stack, name);
    expect(found?.permissions_boundary).toBe(BOUNDARY);
    expect(statementsOf(found?.assume_role_policy)).toEqual({
      FromHome: {
        Sid: "FromHome",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "sts:AssumeRole",
      },
    });
  });

  it("lets the plan role read alone", () => {
    expect(attached(stack, "Plan")).toEqual(["Read"]);
  });

  it("lets the deploy role change what the stacks hold, in at most ten policies", () => {
    expect(attached(stack, "Deploy")).toEqual([
      "Change-data",
      "Change-dns",
      "Change-edge",
      "Change-identity",
      "Change-network",
      "Change-watch",
      "Change-workloads",
      "Read",
    ]);
    expect(attached(synth(STATE_KEY), "Deploy").length).toBeLessThanOrEqual(10);
  });

  it("decrypts, to plan, only the variables of functions", () => {
    const decrypting = Object.values(statementsOf(policies(stack)["test-sample-read"])).filter(({ Action }) =>
      [Action].flat().includes("kms:Decrypt"),
    );
    expect(decrypting).toMatchObject([
      {
        Sid: "ReadFunctionVariables",
        Resource: ["arn:aws:kms:eu-west-1:123456789012:key/*"],
        Condition: { StringLike: { "kms:ViaService": "lambda.*.amazonaws.com" } },
      },
    ]);
  });

  it("reads parameters that are contracts alone", () => {
    expect(statementsOf(policies(stack)["test-sample-read"]).ReadContracts?.Resource).toBe(
      "arn:aws:ssm:*:123456789012:parameter/landfall/test/*",
    );
  });

  it("never bypasses the safety check of a key's policy", () => {
    expect(statementsOf(policies(stack)["test-sample-change-data"]).ChangeKeys?.Condition).toEqual({
      BoolIfExists: { "kms:BypassPolicyLockoutSafetyCheck": "false" },
    });
  });

  it("changes roles and policies by the zone's name alone", () => {
    const { ChangeRoles, ChangePolicies } = statementsOf(policies(stack)["test-sample-change-identity"]);
    expect(ChangeRoles?.Resource).toEqual([
      "arn:aws:iam::123456789012:role/test-*",
      "arn:aws:iam::123456789012:role/landfall/people/test-*",
    ]);
    expect(ChangePolicies?.Resource).toEqual(["arn:aws:iam::123456789012:policy/test-*"]);
  });

  it("opens the states only where they are: to lock for a plan, to write for a deploy", () => {
    expect(Object.keys(policies(stack)).filter((name) => name.includes("state"))).toEqual([]);
    const home = policies(synth(STATE_KEY));
    const read = statementsOf(home["test-sample-state-read"]);
    const write = statementsOf(home["test-sample-state-write"]);
    const bucket = "arn:aws:s3:::test-state-123456789012-eu-west-1";
    expect(read.WriteStates).toBeUndefined();
    expect(read.LockStates?.Resource).toBe(`${bucket}/*.tflock`);
    expect(write.WriteStates?.Resource).toBe(`${bucket}/*.tfstate`);
    expect(read.UseStateKey?.Resource).toBe(STATE_KEY);
  });

  it("changes the organization from its management account alone", () => {
    const zone = organizationZone();
    const definition = defineStack({
      name: "sample",
      scope: "global",
      accounts: "every",
      build: (scope, props) =>
        new Deployers(new ZoneStack(scope, props), "Deployers", { boundaryArn: BOUNDARY }),
    });
    const stacks = synthApp({ zone, definitions: [definition] });
    const withOrganization = Object.entries(stacks)
      .filter(([, each]) => attached(each, "Deploy").includes("Change-organization"))
      .map(([name]) => name);
    expect(withOrganization).toEqual([`test-sample-${accountWith(zone, "management").name}`]);
  });
});

import { MANAGEMENT, sampleZone, WORKLOAD } from "../testing/fixture";
import { zoneOf } from "../zone/read-zone";
import { type Role, type Zone } from "../zone/zone";
import { type AccessRequest } from "./context";
import { isHopeless, simulate, validatePolicies } from "./simulate";

const zone = zoneOf(sampleZone());
const roleOf = (of: Zone, name: string, account = WORKLOAD): Role => {
  const found = of.roles.find((each) => each.name === name && each.account === account);
  if (!found) throw new Error(`no role ${name}`);
  return found;
};
const by = (name: string, request: AccessRequest, account?: string) =>
  simulate({ zone, role: roleOf(zone, name, account), ...request });

const queue = `arn:aws:sqs:eu-west-1:${WORKLOAD}:sample-orders`;
const key = zone.keys.get(queue) ?? "";
const role = `arn:aws:iam::${WORKLOAD}:role/sample-new`;
const boundary = (name: string) => ({ "iam:PermissionsBoundary": `arn:aws:iam::${WORKLOAD}:policy/${name}` });

describe("simulate", () => {
  it("names the statements of every kind that allow a request", async () => {
    expect(await by("sample-orders", { action: "sqs:ReceiveMessage", resource: queue })).toEqual({
      decision: "allowed",
      by: [
        { kind: "identity", policy: "function", sid: "Consume" },
        { kind: "boundary", policy: "sample-workload-boundary", sid: "Data" },
      ],
    });
  });

  it("holds a role within its boundary, whatever its policies allow", async () => {
    const wide = zoneOf(
      sampleZone({ functionMay: [{ Sid: "Wide", Effect: "Allow", Action: "*", Resource: "*" }] }),
    );
    const decision = await simulate({
      zone: wide,
      role: roleOf(wide, "sample-orders"),
      action: "iam:CreateRole",
      resource: role,
    });
    expect(decision).toEqual({ decision: "not allowed", by: [{ kind: "boundary" }] });
  });

  it("names the statement of the boundary that denies", async () => {
    expect(await by("sample-deploy", { action: "iam:CreateRole", resource: role })).toEqual({
      decision: "denied",
      by: [{ kind: "boundary", policy: "sample-deployer-boundary", sid: "RolesOnlyWithTheWorkloadBoundary" }],
    });
  });

  it.each([
    ["sample-workload-boundary", "allowed"],
    ["intruder", "denied"],
  ])("judges by the given context: a role with the boundary %s is %s", async (name, expected) => {
    const { decision } = await by("sample-deploy", {
      action: "iam:CreateRole",
      resource: role,
      context: boundary(name),
    });
    expect(decision).toBe(expected);
  });

  it("denies a member account by a service control policy, and not the management account", async () => {
    const leave = { action: "organizations:LeaveOrganization", resource: "*" };
    expect(await by("sample-deploy", leave)).toEqual({
      decision: "denied",
      by: [{ kind: "scp", policy: "guard", sid: "Stay" }],
    });
    expect(await by("sample-deploy", leave, MANAGEMENT)).toMatchObject({ decision: "allowed" });
  });

  it("asks the key's own policy: a key is of use through its service alone", async () => {
    const direct = { action: "kms:Decrypt", resource: key };
    expect(await by("sample-orders", direct)).toEqual({
      decision: "not allowed",
      by: [{ kind: "resource" }],
    });
    const through = { ...direct, context: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } };
    expect(await by("sample-orders", through)).toMatchObject({ decision: "allowed" });
  });

  it("asks a role's trust when it is to be assumed", async () => {
    const assume = { action: "sts:AssumeRole", resource: `arn:aws:iam::${WORKLOAD}:role/sample-orders` };
    expect(await by("sample-deploy", assume)).toMatchObject({
      decision: "not allowed",
      by: [{ kind: "resource" }],
    });
  });

  it("reaches no other account without a policy there", async () => {
    const elsewhere = { action: "sqs:ReceiveMessage", resource: `arn:aws:sqs:eu-west-1:${MANAGEMENT}:other` };
    expect(await by("sample-deploy", elsewhere)).toMatchObject({ decision: "not allowed" });
  });

  it.each([
    ["an action that does not exist", { action: "iam:CreateRoll", resource: role }, /invalid\.action/],
    [
      "a resource that is not the action's",
      { action: "iam:CreateRole", resource: queue },
      /no\.resource\.types/,
    ],
    [
      "a context key that the action does not carry",
      { action: "sqs:ReceiveMessage", resource: queue, context: boundary("x") },
      /carries no iam:PermissionsBoundary/,
    ],
    ["a resource with a wildcard", { action: "sqs:ReceiveMessage", resource: `${queue}*` }, /no wildcard/],
  ])("refuses %s", async (_, request, message) => {
    await expect(by("sample-deploy", request)).rejects.toThrow(message);
  });
});

describe("isHopeless", () => {
  const send = { action: "sqs:SendMessage", resource: queue };
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sqs:SendMessage", Resource: queue }],
  });
  const open = zoneOf(
    sampleZone({
      resources: { aws_sqs_queue_policy: { Orders: { queue_url: "${aws_sqs_queue.Orders.url}", policy } } },
    }),
  );
  const asked = (of: Zone, name: string, account?: string) =>
    isHopeless({ zone: of, role: roleOf(of, name, account), ...send });

  it("has hope in the own account where the role's policies or the resource's allow the action", () => {
    expect(asked(zone, "sample-orders")).toBe(true);
    expect(asked(open, "sample-orders")).toBe(false);
    expect(asked(zone, "sample-deploy")).toBe(false);
  });

  it("has none where the boundary does not allow what the role's policies do", () => {
    const role = { ...roleOf(zone, "sample-orders"), policies: roleOf(zone, "sample-deploy").policies };
    const create = { action: "iam:CreateRole", resource: `arn:aws:iam::${WORKLOAD}:role/any` };
    expect(isHopeless({ zone, role, ...create })).toBe(true);
    expect(isHopeless({ zone, role, ...send })).toBe(false);
  });

  it("has hope in another account where both do", () => {
    expect(asked(zone, "sample-deploy", MANAGEMENT)).toBe(true);
    expect(asked(open, "sample-deploy", MANAGEMENT)).toBe(false);
  });
});

describe("validatePolicies", () => {
  it("refuses a policy that AWS would refuse, though no request reaches the statement", async () => {
    const broken = zoneOf(
      sampleZone({ functionMay: [{ Sid: "Typo", Effect: "Alow", Action: "s3:GetObject", Resource: "*" }] }),
    );
    await expect(validatePolicies(broken)).rejects.toThrow(/policy 'function' is not valid/);
  });
});

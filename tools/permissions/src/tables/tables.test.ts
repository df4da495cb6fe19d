import { ATTACKS } from "../attacks";
import { NEEDS } from "../needs";
import { mistakes } from "../permissions-markdown";
import { isHopeless, simulate } from "../simulation/simulate";
import { type FixtureOptions, sampleZone, WORKLOAD } from "../testing/fixture";
import { zoneOf } from "../zone/read-zone";
import { ROLE_KINDS, type Zone } from "../zone/zone";
import {
  ANYTHING,
  type Attack,
  isSelected,
  NOTHING_ALLOWS_IT,
  type RoleSelector,
  type RowResult,
} from "./row";
import { runAttacks, runNeeds } from "./run";

const attackOf = (id: string): Attack => {
  const found = ATTACKS.find((each) => each.id === id);
  if (!found) throw new Error(`no attack ${id}`);
  return found;
};

/** The fixture without its unbounded roles: what is left is held by its boundaries. */
const boundedZone = (options?: FixtureOptions): Zone => {
  const zone = zoneOf(sampleZone(options));
  return { ...zone, roles: zone.roles.filter(({ boundary }) => boundary) };
};

const run = async (
  id: string,
  options?: FixtureOptions,
  attack: Partial<Attack> = {},
): Promise<RowResult> => {
  const [result] = await runAttacks(boundedZone(options), [{ ...attackOf(id), ...attack }]);
  if (!result) throw new Error("no result");
  return result;
};

it("names each row once", () => {
  const ids = [...ATTACKS, ...NEEDS].map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
});

describe("isSelected", () => {
  const [any] = boundedZone().roles;
  const selected = (selector: RoleSelector) =>
    ROLE_KINDS.filter((kind) => any !== undefined && isSelected(selector, { ...any, kind }));
  const ours = ROLE_KINDS.filter((kind) => kind !== "stranger");

  it.each<[string, RoleSelector, readonly string[]]>([
    ["every role of the zone", "every", ours],
    ["some kinds", { only: ["plan", "stranger"] }, ["plan", "stranger"]],
    ["all of the zone but some kinds", { except: ["deploy"] }, ours.filter((kind) => kind !== "deploy")],
  ])("selects %s", (_, selector, kinds) => {
    expect(selected(selector)).toEqual(kinds);
  });
});

describe("runAttacks", () => {
  it.each([
    ["role-without-boundary", "RolesOnlyWithTheWorkloadBoundary"],
    ["role-with-foreign-boundary", "RolesOnlyWithTheWorkloadBoundary"],
    ["replace-boundary", "RolesOnlyWithTheWorkloadBoundary"],
    ["detach-boundary", "BoundariesStay"],
    ["pass-powerful-role", "PlatformRolesStay"],
    ["edit-deployer", "PlatformRolesStay"],
  ])("shows that %s is held, and open without the statement %s", async (id, sid) => {
    const held = await run(id, {}, { deniedBy: { deploy: [sid], others: [NOTHING_ALLOWS_IT] } });
    expect(mistakes([held])).toEqual([]);
    expect(held.status).toBe("right");
    const open = await run(id, { without: sid });
    expect(open.status).toBe("wrong");
    expect(open.outcomes.filter(({ right }) => !right).map(({ decision }) => decision)).toContain("allowed");
  });

  it("finds a statement that is added to a function and opens an attack", async () => {
    const audit = `arn:aws:sqs:eu-west-1:${WORKLOAD}:sample-orders`;
    const second = {
      aws_iam_role: {
        Function: {
          name: "sample-orders",
          assume_role_policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: {
              Effect: "Allow",
              Principal: { Service: "lambda.amazonaws.com" },
              Action: "sts:AssumeRole",
            },
          }),
          permissions_boundary: "${data.aws_ssm_parameter.Boundary.insecure_value}",
        },
        Second: {
          name: "sample-second",
          assume_role_policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: {
              Effect: "Allow",
              Principal: { Service: "lambda.amazonaws.com" },
              Action: "sts:AssumeRole",
            },
          }),
          permissions_boundary: "${data.aws_ssm_parameter.Boundary.insecure_value}",
        },
      },
    };
    expect(await run("read-foreign-queue", { resources: second })).toMatchObject({ status: "right" });
    const policies = {
      aws_iam_role_policy: {
        Second: {
          name: "curious",
          role: "${aws_iam_role.Second.id}",
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Sid: "Peek", Effect: "Allow", Action: "sqs:ReceiveMessage", Resource: audit }],
          }),
        },
      },
    };
    const open = await run("read-foreign-queue", { resources: { ...second, ...policies } });
    expect(mistakes([open])).toEqual([
      `read-foreign-queue: sample-second: sqs:ReceiveMessage on ${audit} is allowed by \`Peek\` (identity) and \`Data\` (boundary)`,
    ]);
  });

  it("is not content with a denial by another statement than the expected one", async () => {
    const held = await run("detach-boundary", {}, { deniedBy: { deploy: ["SomethingElse"] } });
    expect(held.status).toBe("wrong");
  });

  it("is not content with a denial by a statement where nothing should allow it", async () => {
    const held = await run("detach-boundary", {}, { deniedBy: { others: [NOTHING_ALLOWS_IT] } });
    const wrong = held.outcomes.filter(({ right }) => !right).map(({ role }) => role.name);
    expect([...new Set(wrong)]).toEqual(["sample-deploy"]);
  });

  it("is not content that nothing allows it where a statement should deny it", async () => {
    const held = await run("detach-boundary", {}, { deniedBy: { workload: ["BoundariesStay"] } });
    const wrong = held.outcomes.filter(({ right }) => !right).map(({ role }) => role.name);
    expect([...new Set(wrong)]).toEqual(["sample-orders"]);
  });

  it("says that nothing allows what no policy of a role allows, whatever denies it besides", async () => {
    const { outcomes } = await run("leave-organization", {}, { deniedBy: {} });
    const leave = outcomes.filter(({ request }) => request.action === "organizations:LeaveOrganization");
    expect(leave.map(({ role, decision }) => [role.name, decision])).toEqual([
      ["sample-deploy", "denied"],
      ["sample-orders", "not allowed"],
    ]);
    const alone = await run("leave-organization", {}, { deniedBy: {}, roles: { only: ["workload"] } });
    expect(alone.outcomes[0]).toMatchObject({ decision: "not allowed" });
  });

  it("tries the walls of a kind as if its own policies allowed everything", async () => {
    const elsewhere = {
      roles: { only: ["workload"] },
      requests: () => [
        { action: "sqs:ReceiveMessage", resource: `arn:aws:sqs:eu-west-1:${WORKLOAD}:sample-audit` },
      ],
    } as const;
    const fettered = await run("read-messages", {}, elsewhere);
    expect(fettered).toMatchObject({ status: "right", outcomes: [{ unfettered: false }] });
    const walled = await run(
      "read-messages",
      {},
      { ...elsewhere, deniedBy: { workload: [NOTHING_ALLOWS_IT] } },
    );
    expect(walled).toMatchObject({ status: "wrong", outcomes: [{ unfettered: true, decision: "allowed" }] });
  });

  it("takes a kind of policy for an expected denial too", async () => {
    const detach = (kind: string) => run("detach-boundary", {}, { deniedBy: { deploy: [kind] } });
    expect(await detach("boundary")).toMatchObject({ status: "right" });
    expect(await detach("scp")).toMatchObject({ status: "wrong" });
  });

  it("lets a stranger try what is for strangers, and nothing else", async () => {
    const held = await run("reach-in");
    expect(mistakes([held])).toEqual([]);
    expect(new Set(held.outcomes.map(({ role }) => role.name))).toEqual(new Set(["stranger"]));
    const others = await run("create-user");
    expect(others.outcomes.map(({ role }) => role.name)).not.toContain("stranger");
  });

  it("finds a resource policy that lets strangers in", async () => {
    const orders = `arn:aws:sqs:eu-west-1:${WORKLOAD}:sample-orders`;
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Open", Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: orders },
      ],
    });
    const resources = {
      aws_sqs_queue_policy: { Orders: { queue_url: "${aws_sqs_queue.Orders.url}", policy } },
    };
    const open = await run("reach-in", { resources });
    expect(open.outcomes.filter(({ right }) => !right).map(({ request }) => request)).toMatchObject([
      { action: "sqs:SendMessage", resource: orders },
    ]);
  });

  it("gives attackers a second factor, and what the row gives", async () => {
    const { outcomes } = await run("replace-boundary");
    expect(outcomes[0]?.request.context).toEqual({
      "aws:MultiFactorAuthPresent": "true",
      "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess",
    });
  });

  it("says that an attack was not tried where the zone has nothing of the kind", async () => {
    expect(await run("stop-trail")).toMatchObject({ status: "untried", outcomes: [] });
  });

  it.each([{}, { others: [ANYTHING] }])(
    "takes a request that can't be simulated for open: %j",
    async (deniedBy) => {
      const requests = () => [{ action: "iam:CreateUsr", resource: "*" }];
      const { outcomes } = await run("create-user", {}, { requests, deniedBy });
      expect(outcomes).toHaveLength(2);
      for (const outcome of outcomes) {
        expect(outcome).toMatchObject({
          decision: "unknown",
          right: false,
          problem: expect.stringContaining("invalid"),
        });
      }
    },
  );

  it("is content with any denial where anything may be the wall, but not with none", async () => {
    const anything = { deniedBy: { others: [ANYTHING] } };
    expect(await run("detach-boundary", {}, anything)).toMatchObject({ status: "right" });
    expect(await run("detach-boundary", { without: "BoundariesStay" }, anything)).toMatchObject({
      status: "wrong",
    });
  });

  it("simulates requests that AWS knows, whatever the zone", async () => {
    const results = await runAttacks(boundedZone(), ATTACKS);
    expect(results.flatMap(({ outcomes }) => outcomes.flatMap(({ problem }) => problem ?? []))).toEqual([]);
  });
});

describe("runNeeds", () => {
  it("simulates requests that AWS knows, whatever the zone", async () => {
    const zone = boundedZone();
    const kinds = ["plan", "deploy", "break-glass", "read-only", "operator"] as const;
    const [role] = zone.roles.filter(({ kind }) => kind === "deploy");
    if (!role) throw new Error("no role");
    const results = await runNeeds(
      { ...zone, roles: [...zone.roles, ...kinds.map((kind) => ({ ...role, kind }))] },
      NEEDS,
    );
    expect(results.flatMap(({ outcomes }) => outcomes.flatMap(({ problem }) => problem ?? []))).toEqual([]);
  });

  it("shows what a function may do and what the walls stop", async () => {
    const results = await runNeeds(boundedZone(), NEEDS);
    const status = Object.fromEntries(results.map((result) => [result.id, result.status]));
    expect(status).toMatchObject({
      "function-queue": "right",
      "function-logs": "wrong",
      "function-failures": "untried",
      "create-workload-role": "right",
    });
  });
});

describe("isHopeless", () => {
  it("never gives up a request that the simulation would allow", async () => {
    const zone = boundedZone();
    const tried = zone.roles.flatMap((role) =>
      [...ATTACKS, ...NEEDS].flatMap(({ requests }) =>
        requests(zone, role).map((request) => ({ zone, role, ...request })),
      ),
    );
    const hopeless = tried.filter(isHopeless);
    expect(hopeless.length).toBeGreaterThan(50);
    for (const input of hopeless) expect(await simulate(input)).not.toMatchObject({ decision: "allowed" });
  });
});

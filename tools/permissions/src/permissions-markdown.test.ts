import { permissionsMarkdown } from "./permissions-markdown";
import { trustOf } from "./simulation/trust";
import { type Attack } from "./tables/row";
import { runAttacks, runNeeds } from "./tables/run";
import { sampleZone, WORKLOAD } from "./testing/fixture";
import { zoneOf } from "./zone/read-zone";

const zone = zoneOf(sampleZone());
const detach: Attack = {
  id: "detach",
  title: "Detach a boundary",
  roles: { only: ["deploy", "workload"] },
  deniedBy: { deploy: ["BoundariesStay"] },
  requests: (_, { account }) => [
    { action: "iam:DeleteRolePermissionsBoundary", resource: `arn:aws:iam::${account}:role/any` },
  ],
};
const queue = {
  id: "queue",
  title: "Read the queue",
  roles: { only: ["workload"] },
  requests: () => [
    { action: "sqs:ReceiveMessage", resource: `arn:aws:sqs:eu-west-1:${WORKLOAD}:sample-orders` },
  ],
} as const;
const nobody = { ...queue, id: "nobody", title: "Read by nobody", roles: { only: ["operator"] } } as const;

const render = async () =>
  permissionsMarkdown({
    zone: zone.name,
    attacks: await runAttacks(zone, [detach, nobody]),
    needs: await runNeeds(zone, [queue, { ...detach, title: "Detach as a need" }]),
    trust: trustOf(zone),
  }).split("\n");

describe("permissionsMarkdown", () => {
  it("tells for each kind of role which statement denies an attack, and where it is open", async () => {
    const line = (await render()).find((each) => each.startsWith("| Detach a boundary"));
    expect(line).toContain("3 roles, 3 requests");
    // The fixture's management account has no boundary on its deploy role.
    expect(line).toContain("**OPEN**: sample-deploy: iam:DeleteRolePermissionsBoundary");
    expect(line).toContain("deploy (whatever its policies allow): ");
    expect(line).toContain("`BoundariesStay` (boundary)");
    expect(line).toContain("workload: nothing allows it");
  });

  it("tells which statements allow a need, and where it is stopped", async () => {
    const lines = await render();
    expect(lines).toContain(
      "| Read the queue | 1 role, 1 request | workload: `Consume` (identity) and `Data` (boundary) |",
    );
    expect(lines.find((each) => each.startsWith("| Detach as a need"))).toContain("**STOPPED**");
  });

  it("says where the zone has nothing of the kind", async () => {
    expect(await render()).toContain("| Read by nobody | none | the zone has nothing of the kind |");
  });

  it("lists who may assume each role", async () => {
    expect(await render()).toContain(
      `| \`sample-orders\` | ${WORKLOAD} | \`sample-workload-boundary\` | \`lambda.amazonaws.com\` |`,
    );
  });
});

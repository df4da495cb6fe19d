import { LandfallError } from "./errors";
import { defineZone, deliveryTargets, signsFunctions, type ZoneInput } from "./zone";

const SANDBOX = { zone: "sandbox", accounts: ["210987654321"], regions: ["eu-west-1" as const] };
const CONNECTION =
  "arn:aws:codeconnections:eu-west-1:123456789012:connection/00000000-0000-0000-0000-000000000000";

const zone = (delivery: unknown, change: Partial<ZoneInput> = {}): ZoneInput => ({
  name: "standard",
  account: "123456789012",
  regions: { home: "eu-west-1", recovery: "eu-central-1" },
  network: { block: "10.0.0.0/14" },
  domain: "zone.example.com",
  retention: { logDays: 30, archiveDays: 365 },
  contacts: { security: "security@example.com" },
  delivery: delivery as NonNullable<ZoneInput["delivery"]>,
  ...change,
});

const problemsOf = (input: ZoneInput): string[] => {
  try {
    defineZone(input);
    return [];
  } catch (error) {
    if (error instanceof LandfallError) return error.problems.map(({ path }) => path);
    throw error;
  }
};

describe("the delivery of a zone", () => {
  it("has defaults for all but the source", () => {
    expect(defineZone(zone({ source: { repository: "landing-zone" } })).delivery).toEqual({
      source: { repository: "landing-zone", branch: "main" },
      before: [],
      approvers: [],
      watchMinutes: 15,
      driftSchedule: "cron(0 5 * * ? *)",
      pullRequestActors: [],
      vpc: false,
      signing: false,
    });
  });

  it("delivers the zone itself after those before it", () => {
    const delivered = defineZone(zone({ source: { repository: "landing-zone" }, before: [SANDBOX] }));
    expect(deliveryTargets(delivered)).toEqual([
      SANDBOX,
      { zone: "standard", accounts: ["123456789012"], regions: ["eu-west-1", "eu-central-1"] },
    ]);
    expect(deliveryTargets(defineZone({ ...zone(undefined) }))).toEqual([]);
  });

  it("signs where it is asked to, but never on the emulator", () => {
    const source = { repository: "landing-zone" };
    expect(signsFunctions(defineZone(zone({ source, signing: true })))).toBe(true);
    expect(signsFunctions(defineZone(zone({ source })))).toBe(false);
    expect(signsFunctions(defineZone(zone({ source, signing: true }, { emulated: true })))).toBe(false);
  });

  it.each<[string, unknown, string[]]>([
    ["no source", {}, ["delivery.source"]],
    ["owner/name without a connection", { source: { repository: "a/b" } }, ["delivery.source.repository"]],
    [
      "a connection without an owner",
      { source: { repository: "b", connectionArn: CONNECTION } },
      ["delivery.source.repository"],
    ],
    [
      "what is no connection",
      { source: { repository: "a/b", connectionArn: "arn:aws:s3:::bucket" } },
      ["delivery.source.connectionArn"],
    ],
    [
      "itself before itself",
      { source: { repository: "b" }, before: [{ ...SANDBOX, zone: "standard" }] },
      ["delivery.before.0.zone"],
    ],
    ["a zone twice", { source: { repository: "b" }, before: [SANDBOX, SANDBOX] }, ["delivery.before.0.zone"]],
    [
      "actors for CodeCommit",
      { source: { repository: "b" }, pullRequestActors: ["1"] },
      ["delivery.pullRequestActors"],
    ],
    ["a network without a way out", { source: { repository: "b" }, vpc: true }, ["delivery.vpc"]],
    [
      "a schedule of five fields",
      { source: { repository: "b" }, driftSchedule: "cron(0 5 * * *)" },
      ["delivery.driftSchedule"],
    ],
    ["no time to watch", { source: { repository: "b" }, watchMinutes: 0 }, ["delivery.watchMinutes"]],
    [
      "a name for an actor",
      { source: { repository: "a/b", connectionArn: CONNECTION }, pullRequestActors: ["octocat"] },
      ["delivery.pullRequestActors.0"],
    ],
    ["an unknown key", { source: { repository: "b" }, watchMinute: 3 }, ["delivery.watchMinute"]],
  ])("refuses %s", (_, delivery, paths) => {
    expect(problemsOf(zone(delivery))).toEqual(paths);
  });
});

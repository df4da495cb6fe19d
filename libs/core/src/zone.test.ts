import { LandfallError } from "./errors";
import { defineZone, type ZoneInput } from "./zone";

const valid: ZoneInput = {
  name: "sandbox",
  account: "123456789012",
  regions: { home: "eu-west-1" },
  network: { blocks: { "eu-west-1": "10.0.0.0/16" } },
  domain: "zone.example.com",
  retention: { logDays: 30, archiveDays: 365 },
  contacts: { security: "security@example.com" },
};

const problemsOf = (input: unknown): string[] => {
  try {
    defineZone(input as ZoneInput);
    return [];
  } catch (error) {
    if (error instanceof LandfallError) return error.problems.map((problem) => problem.path);
    throw error;
  }
};

describe("defineZone", () => {
  it("fills in the defaults of a minimal zone", () => {
    expect(defineZone(valid)).toMatchObject({
      owner: "platform",
      emulated: false,
      disposable: false,
      network: { availabilityZones: ["a", "b"], interfaceEndpoints: ["sqs"], reserved: [] },
      tags: {},
    });
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ["a name with an underscore", { name: "my_zone" }, ["name"]],
    ["an account of eleven digits", { account: "12345678901" }, ["account"]],
    ["an account as a number", { account: 123456789012 }, ["account"]],
    ["a region that is not AWS's", { regions: { home: "eu-west-9" } }, ["regions.home"]],
    [
      "a recovery region equal to home",
      { regions: { home: "eu-west-1", recovery: "eu-west-1" } },
      ["regions.recovery"],
    ],
    [
      "a region without a block",
      { regions: { home: "eu-west-1", recovery: "eu-west-2" } },
      ["network.blocks.eu-west-2"],
    ],
    [
      "host bits in a block",
      { network: { blocks: { "eu-west-1": "10.0.0.1/16" } } },
      ["network.blocks.eu-west-1"],
    ],
    [
      "a block that is no address",
      { network: { blocks: { "eu-west-1": "10.0.0/16" } } },
      ["network.blocks.eu-west-1"],
    ],
    [
      "a block that is too small",
      { network: { blocks: { "eu-west-1": "10.0.0.0/24" } } },
      ["network.blocks.eu-west-1"],
    ],
    [
      "a block that overlaps a reserved one",
      { network: { blocks: { "eu-west-1": "10.0.0.0/16" }, reserved: ["10.0.128.0/20"] } },
      ["network.reserved.0"],
    ],
    [
      "two regions whose blocks overlap",
      {
        regions: { home: "eu-west-1", recovery: "eu-west-2" },
        network: { blocks: { "eu-west-1": "10.0.0.0/16", "eu-west-2": "10.0.64.0/18" } },
      },
      ["network.blocks.eu-west-2"],
    ],
    [
      "one availability zone",
      { network: { blocks: { "eu-west-1": "10.0.0.0/16" }, availabilityZones: ["a"] } },
      ["network.availabilityZones"],
    ],
    [
      "an availability zone twice",
      { network: { blocks: { "eu-west-1": "10.0.0.0/16" }, availabilityZones: ["a", "a"] } },
      ["network.availabilityZones"],
    ],
    [
      "an endpoint twice",
      { network: { blocks: { "eu-west-1": "10.0.0.0/16" }, interfaceEndpoints: ["sqs", "sqs"] } },
      ["network.interfaceEndpoints"],
    ],
    [
      "tags that AWS keeps for itself",
      { tags: { "aws:owner": "x", "AWS:owner": "x" } },
      ["tags.aws:owner", "tags.AWS:owner"],
    ],
    [
      "tags that are too long",
      { tags: { ["k".repeat(129)]: "x", k: "v".repeat(257) } },
      ["tags.k", `tags.${"k".repeat(129)}`],
    ],
    ["a domain without a dot", { domain: "zone" }, ["domain"]],
    [
      "a retention CloudWatch does not know",
      { retention: { logDays: 31, archiveDays: 365 } },
      ["retention.logDays"],
    ],
    ["an archive of a week", { retention: { logDays: 30, archiveDays: 7 } }, ["retention.archiveDays"]],
    ["an unknown key at the top", { acount: "123456789012" }, ["acount"]],
    ["an unknown key inside", { retention: { logDays: 30, archiveDays: 365, days: 1 } }, ["retention.days"]],
    ["a missing section", { contacts: undefined }, ["contacts"]],
  ])("refuses %s", (_, change, paths) => {
    expect(problemsOf({ ...valid, ...change })).toEqual(paths);
  });

  it("reports every problem at once, each with its path, the value and what is allowed", () => {
    const broken = {
      ...valid,
      account: "42",
      domain: "zone",
      acount: "1",
      network: { blocks: { "eu-west-1": "10.0.0.0/16" }, reserved: ["10.0.0.0/8", "nonsense"] },
    };
    expect(() => defineZone(broken as ZoneInput)).toThrow(
      [
        "Zone 'sandbox' has 5 problems:",
        `  'account' must be 12 digits in quotes, e.g. "123456789012", got: "42"`,
        `  'network.reserved.1' must be an IPv4 CIDR block with zero host bits, e.g. 10.0.0.0/16, got: "nonsense"`,
        `  'domain' must be a lower-case DNS name, e.g. zone.example.com, got: "zone"`,
        `  'acount' must be left out: it is not a key here (did you mean 'account'?), got: "1"`,
        `  'network.reserved.0' must be a block clear of 'network.blocks.eu-west-1' (10.0.0.0/16), got: "10.0.0.0/8"`,
      ].join("\n"),
    );
  });

  it("says what a missing section holds", () => {
    expect(() => defineZone({ ...valid, contacts: undefined } as unknown as ZoneInput)).toThrow(
      "'contacts' must be a section with security, got: nothing",
    );
  });

  it.each([[undefined], [null], ["zone"], [[]]])("refuses %j as a zone without a crash", (input) => {
    expect(problemsOf(input).length).toBeGreaterThan(0);
  });
});

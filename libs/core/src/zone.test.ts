import { LandfallError } from "./errors";
import {
  accountWith,
  defineZone,
  homeAccount,
  interfaceEndpoints,
  isOrganization,
  vpcBlock,
  type ZoneInput,
} from "./zone";

const valid: ZoneInput = {
  name: "sandbox",
  account: "123456789012",
  regions: { home: "eu-west-1" },
  network: { block: "10.0.0.0/14" },
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
      network: { availabilityZones: ["a", "b"], interfaceEndpoints: ["events", "sqs"], reserved: [] },
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
    ["no account at all", { account: undefined }, ["account"]],
    ["an account beside a list of accounts", { accounts: [] }, ["accounts", "account"]],
    ["host bits in the block", { network: { block: "10.0.0.1/16" } }, ["network.block"]],
    ["a block that is no address", { network: { block: "10.0.0/16" } }, ["network.block"]],
    ["a block that is too small for two VPCs", { network: { block: "10.0.0.0/18" } }, ["network.block"]],
    ["a VPC that is too small", { network: { block: "10.0.0.0/14", vpcPrefix: 23 } }, ["network.vpcPrefix"]],
    [
      "a block that overlaps a reserved one",
      { network: { block: "10.0.0.0/14", reserved: ["10.0.128.0/20"] } },
      ["network.reserved.0"],
    ],
    [
      "one availability zone",
      { network: { block: "10.0.0.0/14", availabilityZones: ["a"] } },
      ["network.availabilityZones"],
    ],
    [
      "an availability zone twice",
      { network: { block: "10.0.0.0/14", availabilityZones: ["a", "a"] } },
      ["network.availabilityZones"],
    ],
    [
      "an endpoint twice",
      { network: { block: "10.0.0.0/14", interfaceEndpoints: ["sqs", "sqs"] } },
      ["network.interfaceEndpoints"],
    ],
    [
      "a firewall that lets nothing through",
      { network: { block: "10.0.0.0/14", egress: "firewall" } },
      ["network.allowedDomains"],
    ],
    [
      "domains for a firewall that is not there",
      { network: { block: "10.0.0.0/14", egress: "nat", allowedDomains: ["example.com"] } },
      ["network.allowedDomains"],
    ],
    [
      "a service without the one that it needs",
      { services: { config: false, securityHub: true } },
      ["services.config"],
    ],
    [
      "a production zone without what a service needs",
      { production: true, services: { config: false } },
      ["services.config"],
    ],
    ["an unknown service", { services: { guardduty: true } }, ["services.guardduty"]],
    [
      "a certificate for a domain that is not the zone's",
      { dns: { certificateNames: ["*.zone.example.com", "zone.example.org", "notzone.example.com"] } },
      ["dns.certificateNames.1", "dns.certificateNames.2"],
    ],
    [
      "a repository without its owner",
      { identity: { github: { repository: "zone" } } },
      ["identity.github.repository"],
    ],
    ["an unknown lock", { retention: { logDays: 30, archiveDays: 365, lock: "none" } }, ["retention.lock"]],
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
      network: { block: "10.0.0.0/14", reserved: ["10.0.0.0/8", "nonsense"] },
    };
    expect(() => defineZone(broken as ZoneInput)).toThrow(
      [
        "Zone 'sandbox' has 5 problems:",
        `  'account' must be 12 digits in quotes, e.g. "123456789012", got: "42"`,
        `  'network.reserved.1' must be an IPv4 CIDR block with zero host bits, e.g. 10.0.0.0/16, got: "nonsense"`,
        `  'domain' must be a lower-case DNS name, e.g. zone.example.com, got: "zone"`,
        `  'acount' must be left out: it is not a key here (did you mean 'account'?), got: "1"`,
        `  'network.reserved.0' must be a block clear of 'network.block' (10.0.0.0/14), got: "10.0.0.0/8"`,
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

const several: ZoneInput["accounts"] = [
  { name: "network", id: "111111111111", duties: ["network"] },
  { name: "security", id: "222222222222", duties: ["security"] },
  { name: "logs", id: "333333333333", duties: ["log-archive"] },
  { name: "workload", id: "444444444444", duties: ["workload"] },
  { name: "management", id: "555555555555", duties: ["management"] },
];
const { account: _, ...withoutAccount } = valid;
const organization = (accounts: unknown, change: object = {}) => ({ ...withoutAccount, accounts, ...change });
const changed = (index: number, change: object) =>
  organization(several.map((account, each) => (each === index ? { ...account, ...change } : account)));

describe("accounts", () => {
  it("are one with every duty but management, where a zone names one", () => {
    const zone = defineZone(valid);
    expect(zone.accounts).toMatchObject([{ name: "main", id: "123456789012", slot: 0 }]);
    expect(isOrganization(zone)).toBe(false);
    expect(accountWith(zone, "log-archive")).toBe(homeAccount(zone));
    expect(() => accountWith(zone, "management")).toThrow("has no account for management");
  });

  it("are known by their duties, the first of them being home", () => {
    const zone = defineZone(organization(several) as ZoneInput);
    expect(isOrganization(zone)).toBe(true);
    expect(homeAccount(zone).name).toBe("network");
    expect(accountWith(zone, "log-archive").name).toBe("logs");
  });

  it("wait for the organization to make them", () => {
    const withoutId = { name: "second", email: "second@example.com", duties: ["workload"] };
    const zone = defineZone(organization([...several, withoutId]) as ZoneInput);
    expect(zone.accounts.map(({ name }) => name)).not.toContain("second");
    expect(zone.pendingAccounts).toMatchObject([{ name: "second", slot: 5 }]);
  });

  it("are the management account alone while a central one is not made yet", () => {
    const zone = defineZone(changed(2, { id: undefined, email: "logs@example.com" }) as ZoneInput);
    expect(zone.accounts.map(({ name }) => name)).toEqual(["management"]);
    // Those that are made already are still the organization's.
    expect(zone.pendingAccounts).toHaveLength(4);
  });

  it.each<[string, unknown, string[]]>([
    ["a name twice", changed(1, { name: "network" }), ["accounts.1.name"]],
    ["an id twice", changed(1, { id: "111111111111" }), ["accounts.1.id"]],
    ["a slot twice", changed(1, { slot: 0 }), ["accounts.1.slot"]],
    ["a slot beyond the block", changed(1, { slot: 8 }), ["network.block"]],
    ["a duty that is none", changed(1, { duties: ["finance"] }), ["accounts.1.duties.0", "accounts"]],
    ["two log archives", changed(1, { duties: ["security", "log-archive"] }), ["accounts.2.duties"]],
    ["no log archive", changed(2, { duties: ["workload"] }), ["accounts"]],
    ["no management among several", organization(several.slice(0, 4)), ["accounts"]],
    [
      "Security Hub for an organization of one region",
      organization(several, { services: { securityHub: true } }),
      ["regions.recovery"],
    ],
    ["no workload", organization(several.filter(({ name }) => name !== "workload")), ["accounts"]],
    [
      "a management account that does more",
      changed(4, { duties: ["management", "workload"] }),
      ["accounts.4.duties"],
    ],
    ["a home account without an id", changed(0, { id: undefined }), ["accounts.0.id"]],
    ["an account without id and e-mail", changed(1, { id: undefined }), ["accounts.1.email"]],
    ["an unknown key of an account", changed(1, { mail: "x" }), ["accounts.1.mail"]],
  ])("refuses %s", (_, input, paths) => {
    expect(problemsOf(input)).toEqual(paths);
  });

  it("may be several without Security Hub in one region", () => {
    expect(problemsOf(organization(several))).toEqual([]);
  });

  it("names the nearest key inside a list", () => {
    expect(() => defineZone(changed(1, { emial: "x" }) as ZoneInput)).toThrow("did you mean 'email'?");
  });
});

describe("the address plan", () => {
  const twoRegions = { regions: { home: "eu-west-1", recovery: "eu-central-1" } };
  const blocksOf = (input: unknown) => {
    const zone = defineZone(input as ZoneInput);
    return zone.accounts.flatMap((account) =>
      ["eu-west-1", "eu-central-1"].map((region) => vpcBlock(zone, account, region)),
    );
  };

  it("gives each account and region its own block of the zone's", () => {
    const blocks = blocksOf(organization(several, twoRegions));
    expect(blocks.slice(0, 4)).toEqual(["10.0.0.0/18", "10.0.64.0/18", "10.0.128.0/18", "10.0.192.0/18"]);
    expect(new Set(blocks).size).toBe(10);
  });

  it("moves no block when an account or a region is added, or one with a fixed slot stays behind", () => {
    const before = blocksOf(organization(several));
    expect(blocksOf(organization(several, twoRegions))).toEqual(before);
    const added = { name: "second", id: "666666666666", duties: ["workload"] };
    expect(blocksOf(organization([...several, added])).slice(0, 10)).toEqual(before);
    const kept = [...several.slice(0, 3), { ...several[4], slot: 4 }, { ...added, slot: 5 }];
    expect(blocksOf(organization(kept)).slice(6, 8)).toEqual(before.slice(8));
  });

  it("says how large the block must be", () => {
    expect(() =>
      defineZone(organization(several, { network: { block: "10.0.0.0/16" } }) as ZoneInput),
    ).toThrow(
      "'network.block' must be at least a /14: 5 accounts with two regions each take 10 VPCs of /18 (network.vpcPrefix)",
    );
  });
});

describe("production", () => {
  it("switches on the services and endpoints that FSBP asks for, unless the zone says otherwise", () => {
    const [plain, production] = [false, true].map((production) => defineZone({ ...valid, production }));
    expect(plain?.services).toMatchObject({
      config: true,
      guardDuty: false,
      securityHub: false,
      macie: false,
    });
    expect(Object.values(production?.services ?? {})).not.toContain(false);
    expect(defineZone({ ...valid, production: true, services: { macie: false } }).services.macie).toBe(false);
    expect(plain && interfaceEndpoints(plain)).toEqual(["events", "sqs"]);
    expect(production && interfaceEndpoints(production)).toEqual([
      "ec2",
      "ecr.api",
      "ecr.dkr",
      "events",
      "sqs",
      "ssm",
      "ssm-contacts",
      "ssm-incidents",
    ]);
  });
});

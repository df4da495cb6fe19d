import { defineZone, type Zone } from "@landfall/core";
import { organizationZone, testZone } from "@landfall/testing";
import {
  archivedAccounts,
  logArchiveAccount,
  logBucketArn,
  logBucketName,
  trailArn,
  type LogBucket,
} from "./log-names";

const organization = organizationZone();
const account = (zone: Zone, name: string) => {
  const found = zone.accounts.find((each) => each.name === name);
  if (!found) throw new Error(`no account ${name}`);
  return found;
};

describe("the names of logs", () => {
  it("tell the bucket of an account and region from anywhere", () => {
    const archive = account(organization, "log-archive");
    expect(logBucketName(organization, "archive", archive, "eu-central-1")).toBe(
      "test-logging-archive-333333333333-eu-central-1",
    );
    expect(logBucketArn(organization, "trail", archive, "eu-west-1")).toBe(
      "arn:aws:s3:::test-logging-trail-333333333333-eu-west-1",
    );
  });

  it("fit into S3's limit, uncut, for the longest zone and region", () => {
    const zone = testZone({ name: "abcdefghijklmno" });
    const buckets: LogBucket[] = ["access-logs", "archive", "config", "trail"];
    for (const bucket of buckets) {
      expect(logBucketName(zone, bucket, account(zone, "main"), "ap-southeast-1")).toBe(
        `abcdefghijklmno-logging-${bucket}-123456789012-ap-southeast-1`,
      );
    }
  });

  it("put the trail into the management account of an organization, else into the only one", () => {
    expect(trailArn(organization)).toBe(
      "arn:aws:cloudtrail:eu-west-1:555555555555:trail/test-logging-account",
    );
    expect(trailArn(testZone())).toBe("arn:aws:cloudtrail:eu-west-1:123456789012:trail/test-logging-account");
  });
});

describe("the accounts whose logs are kept", () => {
  it("are all in the log archive, and the own one elsewhere", () => {
    const all = organization.accounts.map(({ id }) => id);
    expect(archivedAccounts(organization, account(organization, "log-archive"))).toEqual(all);
    expect(archivedAccounts(organization, account(organization, "workload"))).toEqual(["444444444444"]);
    expect(archivedAccounts(testZone(), account(testZone(), "main"))).toEqual(["123456789012"]);
  });

  it("are nobody's while the organization still makes its accounts", () => {
    const zone = foundingZone();
    expect(logArchiveAccount(zone)).toBeUndefined();
    expect(archivedAccounts(zone, account(zone, "management"))).toEqual(["555555555555"]);
  });
});

/** An organization of which only the management account exists yet. */
function foundingZone(): Zone {
  return defineZone({
    name: "test",
    accounts: [
      { name: "management", id: "555555555555", duties: ["management"] },
      { name: "log-archive", email: "logs@example.com", duties: ["log-archive"] },
      { name: "security", email: "security@example.com", duties: ["security"] },
      { name: "shared", email: "shared@example.com", duties: ["network", "workload"] },
    ],
    regions: { home: "eu-west-1" },
    network: { block: "10.0.0.0/12", vpcPrefix: 16 },
    domain: "test.example.com",
    retention: { logDays: 30, archiveDays: 365 },
    contacts: { security: "security@example.com" },
  });
}

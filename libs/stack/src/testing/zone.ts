import { defineZone, type Zone, type ZoneInput } from "@landfall/core";

const INPUT: ZoneInput = {
  name: "test",
  account: "123456789012",
  regions: { home: "eu-west-1" },
  network: { block: "10.0.0.0/14", vpcPrefix: 16 },
  domain: "test.example.com",
  retention: { logDays: 30, archiveDays: 365 },
  contacts: { security: "security@example.com" },
};

/** A valid zone for tests: one account, one region, not production, not disposable, not emulated. */
export const testZone = (change: Partial<ZoneInput> = {}): Zone => defineZone({ ...INPUT, ...change });

/** A production zone of two regions. */
export const twoRegionZone = (change: Partial<ZoneInput> = {}): Zone =>
  testZone({ production: true, regions: { home: "eu-west-1", recovery: "eu-central-1" }, ...change });

/** Every account of {@link organizationZone}. */
const ORGANIZATION = {
  network: "111111111111",
  security: "222222222222",
  "log-archive": "333333333333",
  workload: "444444444444",
  management: "555555555555",
} as const;

/** A production zone of five accounts, each with the duty that it is named after, in two regions. */
export const organizationZone = (change: Partial<ZoneInput> = {}): Zone => {
  const { account: _, ...rest } = INPUT;
  const names = Object.keys(ORGANIZATION) as (keyof typeof ORGANIZATION)[];
  return defineZone({
    ...rest,
    production: true,
    regions: { home: "eu-west-1", recovery: "eu-central-1" },
    network: { block: "10.0.0.0/12", vpcPrefix: 16 },
    accounts: names.map((name) => ({
      name,
      id: ORGANIZATION[name],
      email: `${name}@example.com`,
      duties: [name],
    })),
    ...change,
  });
};

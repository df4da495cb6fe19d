import { defineZone, type Zone, type ZoneInput } from "@landfall/core";

/** A valid zone for tests: one region, not disposable, not emulated. */
export const testZone = (change: Partial<ZoneInput> = {}): Zone =>
  defineZone({
    name: "test",
    account: "123456789012",
    regions: { home: "eu-west-1" },
    network: { blocks: { "eu-west-1": "10.0.0.0/16" } },
    domain: "test.example.com",
    retention: { logDays: 30, archiveDays: 365 },
    contacts: { security: "security@example.com" },
    ...change,
  });

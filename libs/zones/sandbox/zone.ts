import { defineZone } from "@landfall/core";

/** A real single account to try things in. Put your account id, address block, domain and contact here. */
export const zone = defineZone({
  name: "sandbox",
  account: "123456789012",
  regions: { home: "eu-west-1" },
  network: { block: "10.68.0.0/14" },
  domain: "sandbox.example.com",
  identity: { pipeline: { zone: "standard", account: "123456789012" } },
  retention: { logDays: 90, archiveDays: 365 },
  contacts: { security: "security@example.com" },
});

import { defineZone } from "@landfall/core";

/** One production account in two regions. Put your account id, address block, domain and contact here. */
export const zone = defineZone({
  name: "standard",
  account: "123456789012",
  production: true,
  regions: { home: "eu-west-1", recovery: "eu-central-1" },
  network: {
    block: "10.72.0.0/14",
    availabilityZones: ["a", "b", "c"],
    publicSubnets: true,
    egress: "nat",
  },
  domain: "standard.example.com",
  identity: { github: { repository: "example/landing-zone" } },
  retention: { logDays: 365, archiveDays: 2557 },
  contacts: { security: "security@example.com" },
});

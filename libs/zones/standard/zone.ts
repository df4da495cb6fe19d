import { defineZone } from "@landfall/core";

/** One production account in two regions. Put your account id, address block, domain, connection and contact here. */
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
  delivery: {
    source: {
      connectionArn:
        "arn:aws:codeconnections:eu-west-1:123456789012:connection/00000000-0000-0000-0000-000000000000",
      repository: "example/landing-zone",
    },
    before: [{ zone: "sandbox", accounts: ["123456789012"], regions: ["eu-west-1"] }],
    pullRequestActors: ["583231"],
  },
  retention: { logDays: 365, archiveDays: 2557 },
  contacts: { security: "security@example.com" },
});

import { defineZone } from "@landfall/core";

/** Four production accounts below a management account, in two regions. Put your own ids, domain and contact here. */
export const zone = defineZone({
  name: "organization",
  accounts: [
    { name: "network", id: "111111111111", email: "aws-network@example.com", duties: ["network"] },
    { name: "security", id: "222222222222", email: "aws-security@example.com", duties: ["security"] },
    {
      name: "log-archive",
      id: "333333333333",
      email: "aws-log-archive@example.com",
      duties: ["log-archive"],
    },
    { name: "workload", id: "444444444444", email: "aws-workload@example.com", duties: ["workload"] },
    { name: "management", id: "555555555555", duties: ["management"] },
  ],
  production: true,
  regions: { home: "eu-west-1", recovery: "eu-central-1" },
  network: {
    block: "10.80.0.0/12",
    publicSubnets: true,
    egress: "firewall",
    allowedDomains: [".amazonaws.com", ".example.com"],
  },
  domain: "organization.example.com",
  dns: { delegated: true },
  identity: { github: { repository: "example/landing-zone" } },
  delivery: {
    source: {
      connectionArn:
        "arn:aws:codeconnections:eu-west-1:111111111111:connection/00000000-0000-0000-0000-000000000000",
      repository: "example/landing-zone",
    },
    approvers: ["approvers@example.com"],
  },
  retention: { logDays: 365, archiveDays: 2557 },
  contacts: { security: "security@example.com" },
});

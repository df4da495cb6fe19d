import { defineZone } from "@landfall/core";

/**
 * The zone that runs on the embedded emulator: `npm start` and `npm run local`. Its account is the emulator's. It has all
 * that a production zone has, since nothing costs anything here, but for a recovery region: that one is in the zone `drill`.
 */
export const zone = defineZone({
  name: "local",
  account: "123456789012",
  production: true,
  emulated: true,
  disposable: true,
  regions: { home: "eu-west-1" },
  network: { block: "10.64.0.0/14", publicSubnets: true, egress: "nat" },
  domain: "local.example.com",
  dns: { delegated: true },
  identity: { github: { repository: "example/landing-zone" } },
  delivery: { source: { repository: "landing-zone" } },
  retention: { logDays: 30, archiveDays: 365 },
  contacts: { security: "security@example.com" },
});

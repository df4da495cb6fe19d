import { defineZone } from "@landfall/core";

/**
 * Two regions on the embedded emulator, for `npm run drill`: what the app orders needs to fail over from one to the other,
 * and no more, since it is deployed for that alone.
 */
export const zone = defineZone({
  name: "drill",
  account: "123456789012",
  emulated: true,
  disposable: true,
  regions: { home: "eu-west-1", recovery: "eu-central-1" },
  network: { block: "10.96.0.0/14", publicSubnets: true },
  domain: "drill.example.com",
  dns: { delegated: true },
  services: { config: false, dnsFirewall: false, trailDataEvents: false },
  retention: { logDays: 30, archiveDays: 365 },
  contacts: { security: "security@example.com" },
});

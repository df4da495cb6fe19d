import { defineZone } from "@landfall/core";

/** The zone that runs on the embedded emulator: `npm start` and `npm run local`. Its account is the emulator's. */
export const zone = defineZone({
  name: "local",
  account: "123456789012",
  emulated: true,
  disposable: true,
  regions: { home: "eu-west-1" },
  network: { blocks: { "eu-west-1": "10.64.0.0/16" } },
  domain: "local.example.com",
  retention: { logDays: 30, archiveDays: 365 },
  contacts: { security: "security@example.com" },
});

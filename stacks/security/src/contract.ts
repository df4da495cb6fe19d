import { defineContract, text } from "@landfall/stack";

export const securityContract = defineContract({
  stack: "security",
  scope: "regional",
  accounts: "every",
  values: {
    detectorId: text(
      "Id of the account's GuardDuty detector; none where GuardDuty is off, or where the security account keeps it",
    ),
  },
});

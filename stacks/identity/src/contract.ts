import { defineContract, text } from "@landfall/stack";

export const identityContract = defineContract({
  stack: "identity",
  scope: "global",
  accounts: "every",
  values: {
    readOnlyRoleArn: text("ARN of the role with which people look at the account"),
    operatorRoleArn: text("ARN of the role with which people run what is deployed"),
  },
});

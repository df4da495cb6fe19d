import { defineContract, text } from "@landfall/stack";

export const sampleStackContract = defineContract({
  stack: "sample-stack",
  scope: "regional",
  accounts: "every",
  values: { logGroupName: text("Name of the log group of this stack") },
});

import { defineContract, text } from "@landfall/stack";

export const bootstrapContract = defineContract({
  stack: "bootstrap",
  scope: "global",
  accounts: "every",
  values: {
    workloadBoundaryArn: text("ARN of the permission boundary that every workload role carries"),
    repairBoundaryArn: text("ARN of the permission boundary that the roles of the app sentinel carry"),
    deployerBoundaryArn: text("ARN of the permission boundary that the roles of people and pipelines carry"),
  },
});

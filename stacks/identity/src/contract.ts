import { defineContract, text } from "@landfall/stack";

export const identityContract = defineContract({
  stack: "identity",
  scope: "global",
  values: {
    workloadBoundaryArn: text("ARN of the permission boundary that every workload role carries"),
  },
});

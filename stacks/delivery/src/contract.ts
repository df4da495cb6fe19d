import { defineContract, text } from "@landfall/stack";

export const deliveryContract = defineContract({
  stack: "delivery",
  scope: "regional",
  accounts: "every",
  values: {
    pipelineName: text("Name of the pipeline; in the home account and region alone"),
    codeSigningConfigArn: text(
      "ARN of the configuration with which functions take signed code alone; everywhere, if the zone signs",
    ),
  },
});

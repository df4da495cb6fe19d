import { defineContract, text } from "@landfall/stack";

export const organizationContract = defineContract({
  stack: "organization",
  scope: "global",
  accounts: ["management"],
  values: {
    organizationId: text("Id of the organization, e.g. o-exampleorgid"),
    rootId: text("Id of the organization's root, e.g. r-abcd"),
  },
});

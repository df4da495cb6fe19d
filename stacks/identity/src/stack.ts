import { WorkloadBoundary } from "@landfall/identity";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { type Construct } from "constructs";
import { identityContract } from "./contract";

/** Who may do what: the boundary of every workload role. */
export class IdentityStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const boundary = new WorkloadBoundary(this, "WorkloadBoundary");
    this.publish(identityContract, { workloadBoundaryArn: boundary.policyArn });
  }
}

export const definition = defineStack({
  name: "identity",
  scope: "global",
  contract: identityContract,
  build: (scope, props) => new IdentityStack(scope, props),
});

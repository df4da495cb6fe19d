import {
  BreakGlass,
  BreakGlassBoundary,
  DeployerBoundary,
  Deployers,
  GitHubFederation,
  RepairBoundary,
  WorkloadBoundary,
} from "@landfall/identity";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { type Construct } from "constructs";
import { bootstrapContract } from "./contract";
import { StateStore } from "./state-store";

/**
 * What bounds all others, and what they are deployed with: the boundaries, the roles that plan and deploy, break-glass, and in
 * the home account the Terraform states and GitHub's way in. An administrator applies it, because a deployer must not be
 * able to change its own bounds.
 */
export class BootstrapStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const workload = new WorkloadBoundary(this, "WorkloadBoundary");
    const repair = new RepairBoundary(this, "RepairBoundary");
    const deployer = new DeployerBoundary(this, "DeployerBoundary");
    const breakGlass = new BreakGlassBoundary(this, "BreakGlassBoundary");
    const boundaryArn = deployer.policyArn;
    const stateKeyArn = this.isHomeAccount ? new StateStore(this, "StateStore").keyArn : undefined;

    new Deployers(this, "Deployers", { boundaryArn, ...(stateKeyArn === undefined ? {} : { stateKeyArn }) });
    new BreakGlass(this, "BreakGlass", { boundaryArn: breakGlass.policyArn });
    const { github } = this.zone.identity;
    if (github && stateKeyArn !== undefined) {
      new GitHubFederation(this, "GitHub", { ...github, boundaryArn, stateKeyArn });
    }
    this.publish(bootstrapContract, {
      workloadBoundaryArn: workload.policyArn,
      repairBoundaryArn: repair.policyArn,
      deployerBoundaryArn: boundaryArn,
    });
  }
}

export const definition = defineStack({
  name: "bootstrap",
  scope: "global",
  accounts: "every",
  appliedBy: "administrator",
  contract: bootstrapContract,
  build: (scope, props) => new BootstrapStack(scope, props),
});

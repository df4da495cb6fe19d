import { BreakGlass, BreakGlassBoundary, DeployerBoundary, Deployers } from "@landfall/identity";
import { type ZoneStack } from "@landfall/stack";

/** Who deploys an account, who helps in an emergency, and what neither can do. */
export function example(stack: ZoneStack): void {
  const deployer = new DeployerBoundary(stack, "DeployerBoundary");
  const breakGlass = new BreakGlassBoundary(stack, "BreakGlassBoundary");
  new Deployers(stack, "Deployers", { boundaryArn: deployer.policyArn });
  new BreakGlass(stack, "BreakGlass", { boundaryArn: breakGlass.policyArn });
}

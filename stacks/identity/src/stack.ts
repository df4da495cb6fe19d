import { AccountAnalyzers, PasswordPolicy, People } from "@landfall/identity";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { bootstrapContract } from "@landfall/stack-bootstrap/contract";
import { type Construct } from "constructs";
import { identityContract } from "./contract";

/** Who may do what: the roles that people take day by day, the rules of their passwords, and what finds access from outside. */
export class IdentityStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const { deployerBoundaryArn } = this.consume(bootstrapContract);
    const people = new People(this, "People", { boundaryArn: deployerBoundaryArn });
    new PasswordPolicy(this, "PasswordPolicy");
    new AccountAnalyzers(this, "Analyzers");
    this.publish(identityContract, {
      readOnlyRoleArn: people.readOnlyRoleArn,
      operatorRoleArn: people.operatorRoleArn,
    });
  }
}

export const definition = defineStack({
  name: "identity",
  scope: "global",
  accounts: "every",
  contract: identityContract,
  build: (scope, props) => new IdentityStack(scope, props),
});

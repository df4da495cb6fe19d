import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { FixedRole } from "./fixed-role";
import { ManagedPolicy } from "./managed-policy";
import { planStatements } from "./read-statements";
import { changeStatements } from "./service-access";
import { servicesIn } from "./services";
import { stateStatements } from "./state-access";
import { trustDeployers } from "./trust";

export interface DeployersProps {
  /** The boundary of both roles. */
  readonly boundaryArn: string;
  /** The key of the zone's states, in the account that holds them. @default the states are in another account */
  readonly stateKeyArn?: string;
}

/**
 * The two roles that Terraform takes in an account: `plan` reads the configuration of what the stacks hold, and no data;
 * `deploy` changes it too. Both are taken from the home account, in every account of the zone.
 *
 * What they may do is written by service in `services/`: a stack that holds a new type of resource adds it there.
 *
 * @see IAM.1, IAM.21, KMS.1
 */
export class Deployers extends Construct {
  readonly planRoleArn: string;
  readonly deployRoleArn: string;

  constructor(scope: Construct, id: string, { boundaryArn, stateKeyArn }: DeployersProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone, account } = stack;
    const read = new ManagedPolicy(this, "Read", {
      name: stack.resourceName("policy", "read"),
      description: `Reads the configuration of what is deployed of the zone ${zone.name}`,
      statements: planStatements(stack),
    }).policyArn;
    const changes = servicesIn(account).map((service) => {
      const id = `Change-${service.name}`;
      const { policyArn } = new ManagedPolicy(this, id, {
        name: stack.resourceName("policy", "change", service.name),
        description: `Changes the ${service.name} of the zone ${zone.name}`,
        statements: changeStatements(stack, service),
      });
      return [id, policyArn] as const;
    });
    this.planRoleArn = new FixedRole(this, "Plan", {
      role: "plan",
      description: `Plans changes of the zone ${zone.name}: reads its configuration`,
      trust: trustDeployers(zone, "plan"),
      boundaryArn,
      policyArns: { Read: read, ...this.statePolicy("read", stateKeyArn) },
    }).roleArn;
    this.deployRoleArn = new FixedRole(this, "Deploy", {
      role: "deploy",
      description: `Deploys the zone ${zone.name}`,
      trust: trustDeployers(zone, "deploy"),
      boundaryArn,
      policyArns: { Read: read, ...Object.fromEntries(changes), ...this.statePolicy("write", stateKeyArn) },
    }).roleArn;
  }

  private statePolicy(access: "read" | "write", stateKeyArn: string | undefined): Record<string, string> {
    if (stateKeyArn === undefined) return {};
    const stack = ZoneStack.of(this);
    const { policyArn } = new ManagedPolicy(this, `State-${access}`, {
      name: stack.resourceName("policy", "state", access),
      description: `Uses the Terraform states of the zone ${stack.zone.name}: ${access}s and locks them`,
      statements: stateStatements(stack.zone, stateKeyArn, access),
    });
    return { State: policyArn };
  }
}

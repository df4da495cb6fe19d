import { validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { FixedRole } from "./fixed-role";
import { ManagedPolicy } from "./managed-policy";
import { operateStatements } from "./operate-statements";
import { lookStatements } from "./read-statements";
import { trustPeople } from "./trust";
import { type Statement } from "./policy-document";
import { PEOPLE_PATH } from "./zone-roles";

export interface PeopleProps {
  /** The boundary of both roles: that of the deployers. */
  readonly boundaryArn: string;
  /** The longest session, in hours, 1 to 12, and the longest time since the second factor was proven. @default 4 */
  readonly sessionHours?: number;
}

/** What people who look may see beside configuration: metrics, and who last used what. */
const METRICS: Statement = {
  Sid: "ReadMetrics",
  Effect: "Allow",
  Action: [
    "cloudwatch:GetMetric*",
    "cloudwatch:ListMetrics",
    "iam:GenerateCredentialReport",
    "iam:GenerateServiceLastAccessedDetails",
  ],
  Resource: "*",
};

/**
 * The roles that people take day by day, with a second factor, for some hours: `read-only` looks at the configuration,
 * `operator` also runs what is deployed. Neither changes a configuration, and `read-only` sees no data.
 */
export class People extends Construct {
  readonly readOnlyRoleArn: string;
  readonly operatorRoleArn: string;

  constructor(scope: Construct, id: string, props: PeopleProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone } = stack;
    const sessionHours = props.sessionHours ?? 4;
    validateProps(this, [wholeNumber("sessionHours", sessionHours, 1, 12)]);
    const look = new ManagedPolicy(this, "Look", {
      name: stack.resourceName("policy", "look"),
      description: `Looks at the configuration and the metrics of the zone ${zone.name}`,
      statements: [...lookStatements(stack), METRICS],
    }).policyArn;
    const operate = new ManagedPolicy(this, "Operate", {
      name: stack.resourceName("policy", "operate"),
      description: `Runs what is deployed of the zone ${zone.name}`,
      statements: operateStatements(stack),
    }).policyArn;
    const common = {
      path: PEOPLE_PATH,
      trust: trustPeople(zone, sessionHours),
      boundaryArn: props.boundaryArn,
      sessionHours,
    };
    this.readOnlyRoleArn = new FixedRole(this, "ReadOnly", {
      ...common,
      role: "read-only",
      description: `Looks at the zone ${zone.name}`,
      policyArns: { Look: look },
    }).roleArn;
    this.operatorRoleArn = new FixedRole(this, "Operator", {
      ...common,
      role: "operator",
      description: `Runs what is deployed of the zone ${zone.name}`,
      policyArns: { Look: look, Operate: operate },
    }).roleArn;
  }
}

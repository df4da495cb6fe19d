import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { FixedRole } from "./fixed-role";
import { trustPeople } from "./trust";

/** Hours of a session, and since the second factor was proven. */
const HOURS = 1;

export interface BreakGlassProps {
  /** The policy of {@link BreakGlassBoundary}. */
  readonly boundaryArn: string;
}

/**
 * The administrator of an emergency, for an hour, with a second factor, and never unnoticed: the stack `logging` raises an
 * alarm when its role is taken.
 */
export class BreakGlass extends Construct {
  readonly roleArn: string;

  constructor(scope: Construct, id: string, { boundaryArn }: BreakGlassProps) {
    super(scope, id);
    const { zone } = ZoneStack.of(this);
    this.roleArn = new FixedRole(this, "Role", {
      role: "break-glass",
      description: `Administers the zone ${zone.name} in an emergency; taking it raises an alarm`,
      trust: trustPeople(zone, HOURS),
      boundaryArn,
      policyArns: { Administrator: "arn:aws:iam::aws:policy/AdministratorAccess" },
      sessionHours: HOURS,
    }).roleArn;
  }
}

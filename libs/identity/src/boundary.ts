import { type Zone } from "@landfall/core";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { ManagedPolicy } from "./managed-policy";
import { type Statement } from "./policy-document";
import { boundaryName, type Ground, type ZoneBoundary } from "./zone-roles";

/** What tells one boundary of a zone from another. */
export interface BoundaryKind {
  readonly name: ZoneBoundary;
  /** What it says of itself in IAM. */
  readonly description: (zone: Zone) => string;
  readonly statements: (ground: Ground) => readonly Statement[];
}

/** A permission boundary of the zone: a policy that gives nothing and limits whoever carries it. */
export abstract class Boundary extends Construct {
  readonly policyArn: string;

  protected constructor(scope: Construct, id: string, { name, description, statements }: BoundaryKind) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    this.policyArn = new ManagedPolicy(this, "Policy", {
      name: boundaryName(stack.zone, name),
      description: description(stack.zone),
      statements: statements(stack),
    }).policyArn;
  }
}

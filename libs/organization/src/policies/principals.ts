import { type Conditions } from "@landfall/identity";

/** The role of administrators, which AWS Organizations puts into each account. */
const ADMINISTRATOR = "arn:aws:iam::*:role/OrganizationAccountAccessRole";

const zoneRole = (zone: string, role: string): string => `arn:aws:iam::*:role/${zone}-${role}`;

/**
 * The principals whom a denial leaves out. None of them can be made or taken over by anyone else: `identities` denies
 * changing these roles, and their names are taken in every account.
 */
export const exempt = {
  /** Administrators alone. */
  administrators: (): readonly string[] => [ADMINISTRATOR],
  /** Administrators, and people in an emergency, which raises an alarm. */
  emergencies: (zone: string): readonly string[] => [ADMINISTRATOR, zoneRole(zone, "break-glass")],
  /** These, and the zone's own deployments, which go through review. */
  deployments: (zone: string): readonly string[] => [...exempt.emergencies(zone), zoneRole(zone, "deploy")],
};

/** A condition that holds for everyone but these. */
export const butFor = (principals: readonly string[]): Conditions => ({
  ArnNotLike: { "aws:PrincipalArn": principals },
});

/** The roles of deployments and pipelines, which break-glass may repair. */
export const deployers = (zone: string): readonly string[] =>
  ["plan", "deploy", "github-plan", "github-deploy"].map((role) => zoneRole(zone, role));

const boundary = (zone: string, kind: string): string => `arn:aws:iam::*:policy/${zone}-${kind}-boundary`;

/** The boundaries that a new role may carry. That of break-glass is for its one role, which administrators make. */
export const usableBoundaries = (zone: string): readonly string[] =>
  ["workload", "deployer"].map((kind) => boundary(zone, kind));

/** Every boundary of the zone. */
export const boundaries = (zone: string): readonly string[] => [
  ...usableBoundaries(zone),
  boundary(zone, "break-glass"),
];

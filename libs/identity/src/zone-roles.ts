import { type Account, homeAccount, type Zone } from "@landfall/core";
import { type Conditions } from "./policy-document";

/** An account of a zone; every stack is one. */
export interface Ground {
  readonly zone: Zone;
  readonly account: Account;
}

/** The roles of people and pipelines in an account. Those of GitHub are in the home account alone. */
export type ZoneRole =
  "plan" | "deploy" | "break-glass" | "read-only" | "operator" | "github-plan" | "github-deploy";

/** The roles that the stack `bootstrap` makes. */
const PLATFORM_ROLES = ["plan", "deploy", "break-glass", "github-plan", "github-deploy"] as const;

/** Whom a boundary bounds. */
export type ZoneBoundary = "workload" | "repair" | "pipeline" | "deployer" | "break-glass";

/**
 * What a pipeline is made of: `run` is its own, `events` starts it and builds by events and the clock. The roles that
 * work on one delivered zone are called by its name too.
 */
export type PipelineRole =
  "run" | "events" | "verify" | "sign" | "pull-request" | "plan" | "deploy" | "watch" | "drift";

/**
 * The name of a role of a zone's pipeline.
 *
 * @param target the zone that it works on, for what works on one
 * @example pipelineRoleName("standard", "plan", "sandbox") // "standard-pipeline-plan-sandbox"
 */
export const pipelineRoleName = (zone: string, role: PipelineRole, target?: string): string =>
  [zone, "pipeline", role, ...(target === undefined ? [] : [target])].join("-");

/**
 * The path of the roles of a pipeline. It tells them from the roles that the deployer may change: those on no path, and on
 * that of people.
 */
export const PIPELINE_PATH = "/landfall/pipeline/";

/** The ARN of a role of the pipeline in the account. */
export const pipelineRoleArn = ({ zone, account }: Ground, role: PipelineRole, target?: string): string =>
  iamArn(account, `role${PIPELINE_PATH}${pipelineRoleName(zone.name, role, target)}`);

/** The path of the roles that people take day by day: with it, the deployer may make roles with its own boundary. */
export const PEOPLE_PATH = "/landfall/people/";

const pathOf = (role: ZoneRole): string => (role === "read-only" || role === "operator" ? PEOPLE_PATH : "/");

const iamArn = ({ id }: Pick<Account, "id">, resource: string): string => `arn:aws:iam::${id}:${resource}`;

/** e.g. `sandbox-deploy`: the same in each account of the zone. */
export const roleName = (zone: Zone, role: ZoneRole): string => `${zone.name}-${role}`;

/** The ARN of one of the zone's roles, in the account. */
export const roleArn = ({ zone, account }: Ground, role: ZoneRole): string =>
  iamArn(account, `role${pathOf(role)}${roleName(zone, role)}`);

/** e.g. `sandbox-workload-boundary`. */
export const boundaryName = (zone: Zone, boundary: ZoneBoundary): string =>
  `${zone.name}-${boundary}-boundary`;

/** The ARN of one of the zone's boundaries, in the account. */
export const boundaryArn = ({ zone, account }: Ground, boundary: ZoneBoundary): string =>
  iamArn(account, `policy/${boundaryName(zone, boundary)}`);

/**
 * The roles of the app `sentinel`, by their name: `sandbox-sentinel-restart-trail-eu-west-1`. They, and no others, carry the
 * repair boundary.
 */
export const repairRolePattern = ({ name }: Zone): string => `arn:aws:iam::*:role/${name}-sentinel-*`;

/** ARN patterns of all roles of the zone in the account: by their name, people's by their path too. */
export const zoneRolePatterns = ({ zone, account }: Ground): readonly string[] => [
  iamArn(account, `role/${zone.name}-*`),
  iamArn(account, `role${PEOPLE_PATH}${zone.name}-*`),
];

/** That a caller is a workload of the zone, or one of its people: any of its roles but those of the stack `bootstrap`. */
export const isWorkloadOrPeople = (ground: Ground): Conditions => ({
  ArnLike: { "aws:PrincipalArn": zoneRolePatterns(ground) },
  ArnNotLike: { "aws:PrincipalArn": PLATFORM_ROLES.map((role) => roleArn(ground, role)) },
});

/** Every principal of the home account whose own policies let it: there people and pipelines come in. */
export const homePrincipals = (zone: Zone): { readonly AWS: string } => ({
  AWS: iamArn(homeAccount(zone), "root"),
});

/** The roles of the pipeline that delivers a zone from elsewhere, by the zone's role that they take; none where there is none. */
export function pipelineRoleArns({ name, identity }: Zone, takes: "plan" | "deploy"): readonly string[] {
  const { pipeline } = identity;
  if (!pipeline) return [];
  const role = (kind: PipelineRole, target?: string) =>
    iamArn({ id: pipeline.account }, `role${PIPELINE_PATH}${pipelineRoleName(pipeline.zone, kind, target)}`);
  return takes === "deploy"
    ? [role("deploy", name)]
    : [role("plan", name), role("watch", name), role("drift", name), role("pull-request")];
}

/** Those of them that use the zone's states: to read and lock them, or to write them too. */
export const pipelineStateRoles = (zone: Zone, access: "read" | "write"): readonly string[] => [
  ...(access === "read"
    ? pipelineRoleArns(zone, "plan").filter((arn) => !arn.includes("-pipeline-watch-"))
    : []),
  ...pipelineRoleArns(zone, "deploy"),
];

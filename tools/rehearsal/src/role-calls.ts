import { type AccessRequest, type Role, simulate, type Zone } from "@landfall/permissions";
import { type Action, type Pipeline } from "./pipeline";

/** A call that a stage makes, or must not be able to make. */
export interface StageCall extends AccessRequest {
  /** What it is for, e.g. `read the artifact verified`. */
  readonly what: string;
  /** Whether the stage's role must be allowed to make it. */
  readonly needed: boolean;
}

/** What a command of `tools/delivery` does with a zone, and with which of the zone's roles. */
const COMMANDS: Readonly<Record<string, "plan" | "deploy">> = {
  plan: "plan",
  deploy: "deploy",
  watch: "plan",
  drift: "plan",
};

/** CodePipeline's key of an artifact: each part is cut. */
const PIPELINE_PART = 20;
const ARTIFACT_PART = 10;

/**
 * The calls that CodeBuild and the commands make with the role of an action's project, as far as they follow from the
 * pipeline: its log, its artifacts and their key, and the roles of zones. What Terraform calls with those roles is proven by
 * tools/permissions.
 */
export function callsOf(zone: Zone, pipeline: Pipeline, action: Action): StageCall[] {
  const { project } = action;
  if (project === undefined) return [];
  const account = zone.roles.find(({ path }) => path.startsWith(`${pipeline.instance}/`))?.account ?? "";
  return [
    ...(project.logGroup === undefined ? [] : logCalls(project.logGroup, account, pipeline.region)),
    ...artifactCalls(zone, pipeline, action),
    ...roleCalls(zone, project.buildSpec),
  ];
}

const need = (
  what: string,
  action: string,
  resource: string,
  context?: AccessRequest["context"],
): StageCall => ({
  what,
  needed: true,
  action,
  resource,
  ...(context === undefined ? {} : { context }),
});

const logCalls = (group: string, account: string, region: string): StageCall[] => {
  const stream = `arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:build`;
  return ["logs:CreateLogStream", "logs:PutLogEvents"].map((action) => need("write its log", action, stream));
};

function artifactCalls(zone: Zone, pipeline: Pipeline, { inputs, outputs }: Action): StageCall[] {
  const bucket = [...zone.resources.values()].find(
    ({ type, path, name }) =>
      type === "aws_s3_bucket" && path.startsWith(`${pipeline.instance}/`) && name.includes("artifacts"),
  );
  if (bucket === undefined) return [];
  const key = zone.keys.get(bucket.arn);
  const object = (artifact: string): string =>
    `${bucket.arn}/${pipeline.name.slice(0, PIPELINE_PART)}/${artifact.slice(0, ARTIFACT_PART)}/a1b2c3d`;
  const encrypted = {
    "s3:x-amz-server-side-encryption": "aws:kms",
    ...(key === undefined ? {} : { "s3:x-amz-server-side-encryption-aws-kms-key-id": key }),
  };
  const via = { "kms:ViaService": `s3.${bucket.region}.amazonaws.com` };
  return [
    ...inputs.map((artifact) => need(`read the artifact ${artifact}`, "s3:GetObject", object(artifact))),
    ...outputs.map((artifact) =>
      need(`hand on the artifact ${artifact}`, "s3:PutObject", object(artifact), encrypted),
    ),
    ...(key === undefined
      ? []
      : [
          ...(inputs.length > 0 ? [need("decrypt artifacts", "kms:Decrypt", key, via)] : []),
          ...(outputs.length > 0 ? [need("encrypt artifacts", "kms:GenerateDataKey", key, via)] : []),
        ]),
  ];
}

/** The role that a command takes in the accounts of the zone, and those that it must not. */
function roleCalls(zone: Zone, buildSpec: string): StageCall[] {
  const [, command = "", target] = /run\.mjs delivery ([\w-]+)(?: --zone (\w+))?/.exec(buildSpec) ?? [];
  const takes = target === zone.name ? COMMANDS[command] : undefined;
  return (["plan", "deploy"] as const).flatMap((kind) =>
    zone.roles
      .filter(({ name }) => name === `${zone.name}-${kind}`)
      .map((role): StageCall => ({
        what: `take the role ${role.name}`,
        needed: takes === kind,
        action: "sts:AssumeRole",
        resource: role.arn,
      }))
      // Who deploys may also look.
      .filter(({ needed }) => needed || !(takes === "deploy" && kind === "plan")),
  );
}

/** What came of simulating the calls of an action. */
export interface Simulated {
  /** The role's name; `undefined` where the zone has no such role. */
  readonly role: string | undefined;
  readonly calls: number;
  /** One line for each call that came out wrong. */
  readonly wrong: readonly string[];
}

/** Simulates the calls of an action with the role of its project. */
export async function simulateCalls(zone: Zone, pipeline: Pipeline, action: Action): Promise<Simulated> {
  const role = roleOf(zone, pipeline, action);
  if (role === undefined) {
    return {
      role: undefined,
      calls: 0,
      wrong: [`the role of ${action.stage}/${action.name} is not in the zone`],
    };
  }
  const calls = callsOf(zone, pipeline, action);
  const wrong: string[] = [];
  for (const { what, needed, ...request } of calls) {
    const { decision, by } = await simulate({ zone, role, ...request });
    if ((decision === "allowed") === needed) continue;
    const who = by.map(({ kind, sid, policy }) => sid ?? policy ?? kind).join(", ");
    wrong.push(
      `${role.name} must ${needed ? "" : "not "}be able to ${what} (${request.action}): ${decision}${who === "" ? "" : ` by ${who}`}`,
    );
  }
  return { role: role.name, calls: calls.length, wrong };
}

const roleOf = (zone: Zone, { instance }: Pipeline, { project }: Action): Role | undefined =>
  zone.roles.find(({ path }) => path === `${instance}/aws_iam_role.${project?.role}`);

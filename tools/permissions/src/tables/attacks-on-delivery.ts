import { type Role, type RoleKind, type Zone } from "../zone/zone";
import { type Attack } from "./row";
import { all, near, on } from "./targets";

const PIPELINE: readonly RoleKind[] = ["pipeline", "pipeline-plan", "pipeline-deploy"];

/** The zones that a pipeline delivers, as its roles are called by them. */
export const deliveredZones = (zone: Zone): readonly string[] => {
  const start = `${zone.name}-pipeline-deploy-`;
  return zone.roles.filter(({ name }) => name.startsWith(start)).map(({ name }) => name.slice(start.length));
};

/** The buckets of the pipeline's artifacts. */
export const artifactBuckets = (zone: Zone): readonly string[] =>
  all(zone, "aws_s3_bucket").filter((bucket) =>
    bucket.startsWith(`arn:aws:s3:::${zone.name}-delivery-artifacts-`),
  );

/** An object that a pipeline keeps of an artifact: it cuts the artifact's name to ten characters. */
export const artifact = (zone: Zone, name: string): readonly string[] =>
  artifactBuckets(zone).map((bucket) => `${bucket}/${zone.name}-delivery/${name.slice(0, 10)}/a1B2c3D`);

/** An entry of the build cache in the role's account. */
export const cacheEntries = (zone: Zone, role: Role): readonly string[] =>
  near(zone, role, "aws_s3_bucket")
    .filter((bucket) => bucket.startsWith(`arn:aws:s3:::${zone.name}-delivery-build-cache-`))
    .map((bucket) => `${bucket}/nx/v1/1234567890`);

const isStage = ({ name }: Role, zone: Zone, ...stages: readonly string[]): boolean =>
  stages.some((stage) => name === `${zone.name}-pipeline-${stage}`);

/** Attacks on the way of a change: on what was verified, planned and approved, and on the pipeline itself. */
export const DELIVERY_ATTACKS: readonly Attack[] = [
  {
    id: "take-deploy",
    title: "Take a role that deploys, but for the stage that applies what was approved",
    roles: { except: ["github-deploy", "pipeline-deploy"] },
    requests: (zone, role) =>
      on(
        ["sts:AssumeRole"],
        [zone.name, ...deliveredZones(zone)].map(
          (name) => `arn:aws:iam::${role.account}:role/${name}-deploy`,
        ),
      ),
  },
  {
    id: "deploy-another-zone",
    title: "Deploy another zone than that of the stage, or plan with the stage that deploys",
    roles: { only: ["pipeline-deploy"] },
    requests: (zone, role) =>
      deliveredZones(zone).flatMap((name) =>
        on(
          ["sts:AssumeRole"],
          ["plan", ...(isStage(role, zone, `deploy-${name}`) ? [] : ["deploy"])].map(
            (taken) => `arn:aws:iam::${role.account}:role/${name}-${taken}`,
          ),
        ),
      ),
  },
  {
    id: "plan-another-zone",
    title: "Plan another zone than that of the stage",
    roles: { only: ["pipeline-plan"] },
    requests: (zone, role) =>
      isStage(role, zone, "pull-request")
        ? []
        : deliveredZones(zone)
            .filter((name) => !role.name.endsWith(`-${name}`))
            .flatMap((name) => on(["sts:AssumeRole"], [`arn:aws:iam::${role.account}:role/${name}-plan`])),
  },
  {
    id: "forge-verified",
    title: "Replace what was verified, but for the stage that verifies",
    roles: { only: PIPELINE },
    requests: (zone, role) =>
      // The pipeline itself hands artifacts on, and runs no code of ours.
      isStage(role, zone, "verify", "run") ? [] : on(["s3:PutObject"], artifact(zone, "verified")),
  },
  {
    id: "forge-plan",
    title: "Replace a saved plan, but for the stage that makes it",
    roles: { only: PIPELINE },
    requests: (zone, role) =>
      deliveredZones(zone)
        .filter((name) => !isStage(role, zone, `plan-${name}`, "run"))
        .flatMap((name) => on(["s3:PutObject"], artifact(zone, `plan_${name}`))),
  },
  {
    id: "lose-artifacts",
    title: "Delete or open what the pipeline keeps",
    roles: { except: ["break-glass"] },
    deniedBy: { deploy: ["BootstrapIsAdministrators"] },
    requests: (zone, role) =>
      on(
        ["s3:PutBucketPolicy", "s3:PutBucketVersioning", "s3:PutLifecycleConfiguration"],
        near(zone, role, "aws_s3_bucket").filter((bucket) =>
          bucket.startsWith(`arn:aws:s3:::${zone.name}-delivery-`),
        ),
      ),
  },
  {
    id: "read-artifacts-of-a-proposal",
    title: "Read or write artifacts with the build of a pull request, or with that which looks for drift",
    roles: { only: ["pipeline-plan"] },
    requests: (zone, role) =>
      /-(pull-request|drift-[a-z0-9]+)$/.test(role.name)
        ? ["source", "verified", ...deliveredZones(zone).map((name) => `plan_${name}`)].flatMap((name) =>
            on(["s3:GetObject", "s3:PutObject"], artifact(zone, name)),
          )
        : [],
  },
  {
    id: "change-pipeline",
    title: "Change the pipeline or a build of it, or run a build with other commands",
    roles: { except: ["break-glass"] },
    requests: (zone, role) => [
      ...on(
        ["codepipeline:DeletePipeline", "codepipeline:UpdatePipeline"],
        near(zone, role, "aws_codepipeline"),
      ),
      ...(isStarter(role, zone)
        ? []
        : on(["codebuild:StartBuild"], near(zone, role, "aws_codebuild_project"))),
      ...on(
        ["codebuild:DeleteProject", "codebuild:UpdateProject"],
        near(zone, role, "aws_codebuild_project"),
      ),
    ],
  },
  {
    id: "approve-for-people",
    title: "Approve a deploy with another role than an operator's",
    roles: { except: ["break-glass", "operator"] },
    requests: (zone, role) =>
      on(
        ["codepipeline:PutApprovalResult"],
        near(zone, role, "aws_codepipeline").flatMap((pipeline) =>
          deliveredZones(zone).map((name) => `${pipeline}/${name}/Approve`),
        ),
      ),
  },
  {
    id: "poison-cache",
    title: "Put something into the build cache, but for the build that verifies",
    roles: "every",
    deniedBy: { others: ["OnlyTrustedBuildsWrite"] },
    requests: (zone, role) =>
      isStage(role, zone, "verify")
        ? []
        : on(["s3:PutObject"], cacheEntries(zone, role), { context: { "s3:if-none-match": "*" } }),
  },
  {
    id: "replace-cached",
    title: "Replace an entry of the build cache",
    roles: { only: PIPELINE },
    deniedBy: { pipeline: ["NeverReplaced", "OnlyTrustedBuildsWrite"] },
    requests: (zone, role) =>
      on(["s3:PutObject"], cacheEntries(zone, role), { context: { "s3:ObjectCreationOperation": "true" } }),
  },
  {
    id: "sign-code",
    title: "Have code signed, but for the stage that signs what was verified",
    roles: { except: ["break-glass"] },
    requests: (zone, role) =>
      isStage(role, zone, "sign")
        ? []
        : on(["signer:StartSigningJob"], near(zone, role, "aws_signer_signing_profile")),
  },
  {
    id: "unsign-functions",
    title: "Have a function take code that is not signed",
    roles: { except: ["break-glass"] },
    requests: (zone, role) => [
      ...on(["lambda:DeleteFunctionCodeSigningConfig"], near(zone, role, "aws_lambda_function")),
      ...on(["lambda:UpdateCodeSigningConfig"], near(zone, role, "aws_lambda_code_signing_config")),
    ],
  },
];

/** What starts builds is neither code of ours nor told what to run: the pipeline, and the rules of EventBridge. */
const isStarter = (role: Role, zone: Zone): boolean =>
  isStage(role, zone, "run") || role.name.startsWith(`${zone.name}-pipeline-events-`);

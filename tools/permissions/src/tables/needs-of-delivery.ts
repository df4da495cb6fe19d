import { type AccessRequest } from "../simulation/context";
import { type Role, type Zone } from "../zone/zone";
import { artifact, artifactBuckets, cacheEntries, deliveredZones } from "./attacks-on-delivery";
import { type Need } from "./row";
import { all, isStateBucket, near, on } from "./targets";

/** The stage that a role of the pipeline works in, e.g. `plan`, and the zone that it is for. */
function stageOf({ name }: Role, zone: Zone): { readonly stage: string; readonly target: string } {
  const [, stage = "", target = ""] =
    /^(run|verify|sign|pull-request|(?:plan|deploy|watch|drift|events)(?=-))-?(.*)$/.exec(
      name.slice(`${zone.name}-pipeline-`.length),
    ) ?? [];
  return { stage, target };
}

/** The zones whose roles and states a role of the pipeline uses. */
const targetsOf = (zone: Zone, role: Role): readonly string[] => {
  const { stage, target } = stageOf(role, zone);
  return stage === "pull-request" ? deliveredZones(zone) : [target];
};

/** What a build reads and writes of artifacts, by its stage. */
function handedOn(
  zone: Zone,
  role: Role,
): { readonly reads: readonly string[]; readonly writes: readonly string[] } {
  const { stage, target } = stageOf(role, zone);
  const plan = `plan_${target}`;
  switch (stage) {
    case "verify":
      return { reads: ["source"], writes: ["verified"] };
    case "sign":
      return { reads: ["source", "verified"], writes: ["signed"] };
    case "plan":
      return { reads: ["source", "verified"], writes: [plan] };
    case "deploy":
      return { reads: ["source", "verified", plan], writes: [] };
    case "watch":
      return { reads: ["source"], writes: [] };
    case "run":
      return { reads: ["source", "verified"], writes: ["source"] };
    default:
      return { reads: [], writes: [] };
  }
}

/** The use of the key of the artifacts, through S3. */
const artifactKey = (zone: Zone, actions: readonly string[]): readonly AccessRequest[] =>
  artifactBuckets(zone).flatMap((bucket) => {
    const key = zone.keys.get(bucket);
    const region = zone.resources.get(bucket)?.region ?? "";
    return key === undefined
      ? []
      : on(actions, [key], { context: { "kms:ViaService": `s3.${region}.amazonaws.com` } });
  });

/** The states of this zone: those of others are not among its resources. */
const states = (zone: Zone, role: Role, ending: string): readonly string[] =>
  targetsOf(zone, role).includes(zone.name)
    ? all(zone, "aws_s3_bucket")
        .filter((bucket) => isStateBucket(zone, bucket))
        .map((bucket) => `${bucket}/${zone.name}-keys.${ending}`)
    : [];

/** What the stages of a pipeline do. */
export const DELIVERY_NEEDS: readonly Need[] = [
  {
    id: "hand-on-artifacts",
    title: "A stage reads what the one before it handed on, and hands on its own",
    roles: { only: ["pipeline", "pipeline-plan", "pipeline-deploy"] },
    requests: (zone, role) => {
      const { reads, writes } = handedOn(zone, role);
      return [
        ...reads.flatMap((name) => on(["s3:GetObject"], artifact(zone, name))),
        ...writes.flatMap((name) => on(["s3:PutObject"], artifact(zone, name))),
        ...(reads.length > 0 ? artifactKey(zone, ["kms:Decrypt"]) : []),
        ...(writes.length > 0 ? artifactKey(zone, ["kms:GenerateDataKey"]) : []),
      ];
    },
  },
  {
    id: "use-cache",
    title: "The build that verifies fills the build cache, and that of pull requests reads it",
    roles: { only: ["pipeline", "pipeline-plan"] },
    requests: (zone, role) => {
      const { stage } = stageOf(role, zone);
      return [
        ...(stage === "verify" || stage === "pull-request"
          ? on(["s3:GetObject"], cacheEntries(zone, role))
          : []),
        ...(stage === "verify"
          ? on(["s3:PutObject"], cacheEntries(zone, role), {
              context: { "s3:if-none-match": "*", "s3:ObjectCreationOperation": "true" },
            })
          : []),
      ];
    },
  },
  {
    id: "have-code-signed",
    title: "The stage that signs has code signed, and keeps it",
    roles: { only: ["pipeline"] },
    requests: (zone, role) =>
      stageOf(role, zone).stage === "sign"
        ? [
            ...on(["signer:StartSigningJob"], near(zone, role, "aws_signer_signing_profile")),
            ...on(
              ["s3:GetObject", "s3:PutObject"],
              near(zone, role, "aws_s3_bucket")
                .filter((bucket) => bucket.startsWith(`arn:aws:s3:::${zone.name}-delivery-code-`))
                .map((bucket) => `${bucket}/signed/a.zip`),
            ),
          ]
        : [],
  },
  {
    id: "stage-log",
    title: "A build writes its own log",
    roles: { only: ["pipeline", "pipeline-plan", "pipeline-deploy"] },
    requests: (zone, role) => {
      const { stage, target } = stageOf(role, zone);
      const group = `/aws/codebuild/${zone.name}-delivery-${[stage, target].filter(Boolean).join("-")}`;
      return stage === "run" || stage === "events"
        ? []
        : on(
            ["logs:CreateLogStream", "logs:PutLogEvents"],
            [`arn:aws:logs:${role.region}:${role.account}:log-group:${group}:log-stream:build`],
          );
    },
  },
  {
    id: "take-plan",
    title: "A build that plans takes the role that plans, and reads the states",
    roles: { only: ["pipeline-plan"] },
    requests: (zone, role) => [
      ...on(
        ["sts:AssumeRole"],
        // The roles of another zone are not among this one's, so that their trust is not known here.
        targetsOf(zone, role)
          .filter((name) => name === zone.name)
          .map((name) => `arn:aws:iam::${role.account}:role/${name}-plan`),
      ),
      ...(stageOf(role, zone).stage === "watch"
        ? []
        : [
            ...on(["s3:GetObject"], states(zone, role, "tfstate")),
            ...on(["s3:DeleteObject", "s3:PutObject"], states(zone, role, "tfstate.tflock")),
          ]),
    ],
  },
  {
    id: "apply-plan",
    title: "The stage that deploys takes the role that deploys, and writes the states",
    roles: { only: ["pipeline-deploy"] },
    requests: (zone, role) => [
      ...on(
        ["sts:AssumeRole"],
        targetsOf(zone, role)
          .filter((name) => name === zone.name)
          .map((name) => `arn:aws:iam::${role.account}:role/${name}-deploy`),
      ),
      ...on(["s3:GetObject", "s3:PutObject"], states(zone, role, "tfstate")),
    ],
  },
  {
    id: "run-pipeline",
    title: "The pipeline starts its builds and asks for approval",
    roles: { only: ["pipeline"] },
    requests: (zone, role) =>
      stageOf(role, zone).stage === "run"
        ? [
            ...on(
              ["codebuild:BatchGetBuilds", "codebuild:StartBuild"],
              near(zone, role, "aws_codebuild_project").filter(
                (project) => !/-(drift-[a-z0-9]+|pull-request)$/.test(project),
              ),
            ),
            ...on(
              ["sns:Publish"],
              near(zone, role, "aws_sns_topic").filter((topic) => topic.endsWith("-delivery-approvals")),
            ),
          ]
        : [],
  },
  {
    id: "approve-deploy",
    title: "An operator approves a deploy, and goes back to the revision before",
    roles: { only: ["operator"] },
    requests: (zone, role) =>
      near(zone, role, "aws_codepipeline").flatMap((pipeline) => [
        ...on(
          ["codepipeline:PutApprovalResult"],
          deliveredZones(zone).map((name) => `${pipeline}/${name}/Approve`),
          { context: { "aws:MultiFactorAuthPresent": "true" } },
        ),
        ...on(["codepipeline:RollbackStage"], [`${pipeline}/${zone.name}`], {
          context: { "aws:MultiFactorAuthPresent": "true" },
        }),
      ]),
  },
];

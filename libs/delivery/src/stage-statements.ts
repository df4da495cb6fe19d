import { type DeliveryTarget } from "@landfall/core";
import { type Statement, targetStateStatements } from "@landfall/identity";
import { type IArtifactBucket } from "./artifact-bucket";
import { type SigningProfile } from "./code-signing";

/**
 * The part of an object's key that CodePipeline makes of an artifact's name: its first ten characters.
 *
 * A key is `<pipeline>/<artifact>/<id>`, each of the first two cut. That is what AWS does, but not what it promises; were
 * it to change, the builds would be refused.
 */
const keyPattern = (artifact: string): string => `*/${artifact.slice(0, 10)}*/*`;

/** Lets a build read some artifacts of the pipeline and write others, and no more. */
export function artifactStatements(
  { bucketArn, encryptionKey }: IArtifactBucket,
  reads: readonly string[],
  writes: readonly string[] = [],
): readonly Statement[] {
  const objects = (artifacts: readonly string[]) =>
    artifacts.map((artifact) => `${bucketArn}/${keyPattern(artifact)}`);
  return [
    {
      Sid: "ReadArtifacts",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: objects(reads),
    },
    ...(writes.length > 0
      ? [
          {
            Sid: "WriteArtifacts",
            Effect: "Allow",
            Action: "s3:PutObject",
            Resource: objects(writes),
          } as const,
        ]
      : []),
    {
      Sid: "UseArtifactsKey",
      Effect: "Allow",
      Action: ["kms:Decrypt", ...(writes.length > 0 ? ["kms:GenerateDataKey"] : [])],
      Resource: encryptionKey.keyArn,
    },
  ];
}

/** Lets a build take one role, in every account of some zones. */
export const takeStatement = (targets: readonly DeliveryTarget[], role: "plan" | "deploy"): Statement => ({
  Sid: role === "plan" ? "TakePlan" : "TakeDeploy",
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Resource: targets.flatMap(({ zone, accounts }) =>
    accounts.map((account) => `arn:aws:iam::${account}:role/${zone}-${role}`),
  ),
});

/** Lets a build read and lock the states of zones, and take the role that plans them: it changes nothing. */
export const planningStatements = (targets: readonly DeliveryTarget[]): readonly Statement[] => [
  takeStatement(targets, "plan"),
  ...targets.flatMap((target) => targetStateStatements(target, "read")),
];

/** Lets a build write the states of a zone, and take the role that deploys it. */
export const deployingStatements = (target: DeliveryTarget): readonly Statement[] => [
  takeStatement([target], "deploy"),
  ...targetStateStatements(target, "write"),
];

/**
 * Lets a build have code signed. Signer reads and writes with the permissions of whoever asks.
 *
 * @see https://docs.aws.amazon.com/signer/latest/developerguide/security_iam_id-based-policy-examples.html
 */
export const signingStatements = (profile: SigningProfile, code: IArtifactBucket): readonly Statement[] => [
  { Sid: "Sign", Effect: "Allow", Action: "signer:StartSigningJob", Resource: profile.profileArn },
  {
    // A job's id is Signer's own.
    Sid: "SeeWhatWasSigned",
    Effect: "Allow",
    Action: "signer:DescribeSigningJob",
    Resource: profile.profileArn.replace(/:\/signing-profiles\/.*$/, ":/signing-jobs/*"),
  },
  {
    Sid: "KeepSignedCode",
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
    Resource: `${code.bucketArn}/*`,
  },
  {
    Sid: "FindSignedCode",
    Effect: "Allow",
    Action: ["s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:ListBucket"],
    Resource: code.bucketArn,
  },
];

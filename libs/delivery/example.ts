import { ArtifactBucket, BuildProject, buildSpec, Pipeline, ZoneDelivery } from "@landfall/delivery";
import { Key } from "@landfall/keys";
import { Topic } from "@landfall/messaging";
import { type ZoneStack } from "@landfall/stack";

/** A pipeline that delivers one zone. In a real stack, the values below come from contracts and from the zone. */
export function example(stack: ZoneStack): void {
  stack.permissionsBoundary("arn:aws:iam::123456789012:policy/sandbox-pipeline-boundary");
  const key = Key.fromKeyArn("arn:aws:kms:eu-west-1:123456789012:key/mrk-1234");
  const source = { repository: "landing-zone", branch: "main" };

  const artifacts = new ArtifactBucket(stack, "Artifacts", {
    encryptionKey: key,
    accessLogBucketName: "sandbox-logging-access-logs-123456789012-eu-west-1",
  });
  new Pipeline(stack, "Pipeline", {
    source,
    artifacts,
    verify: new BuildProject(stack, "Verify", {
      role: "verify",
      description: "Lints, tests, synthesizes and judges what is to be delivered",
      buildSpec: buildSpec("verify", { folder: "dist/delivery/verified" }),
      artifactsKey: key,
      logsKey: key,
    }),
    zones: [
      new ZoneDelivery(stack, "Sandbox", {
        target: { zone: "sandbox", accounts: ["123456789012"], regions: ["eu-west-1"] },
        source,
        artifacts,
        logsKey: key,
        watchMinutes: 15,
        driftSchedule: "cron(0 5 * * ? *)",
      }),
    ],
    approvals: new Topic(stack, "Approvals", { name: "approvals", encryptionKey: key }),
  });
}

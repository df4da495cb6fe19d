import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { type DeliveryTarget, deliveryTargets, signsFunctions } from "@landfall/core";
import {
  ArtifactBucket,
  ARTIFACTS,
  artifactStatements,
  type BuildNetwork,
  BuildProject,
  buildSpec,
  type BuildsProps,
  CacheBucket,
  FailureNotices,
  type IBuildProject,
  Pipeline,
  planningStatements,
  PullRequestProject,
  SigningProfile,
  signingStatements,
  SourceTrigger,
  ZoneDelivery,
} from "@landfall/delivery";
import { PipelineBoundary, pipelineRoleArn } from "@landfall/identity";
import { Key } from "@landfall/keys";
import { type ITopic, Topic } from "@landfall/messaging";
import { WorkloadSecurityGroup } from "@landfall/network";
import { ZoneStack } from "@landfall/stack";
import { keysContract } from "@landfall/stack-keys/contract";
import { loggingContract } from "@landfall/stack-logging/contract";
import { networkContract } from "@landfall/stack-network/contract";
import { Construct } from "constructs";

const zoneArguments = (targets: readonly DeliveryTarget[]): string =>
  targets.map(({ zone }) => `--zone ${zone}`).join(" ");

/** The pipeline of a zone's home account: its artifacts, builds and roles, who is asked, and who is told. */
export class HomePipeline extends Construct {
  readonly pipeline: Pipeline;
  readonly profile: SigningProfile | undefined;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone } = stack;
    const { delivery } = zone;
    if (delivery === undefined) throw new Error(`zone '${zone.name}' has no section 'delivery'`);
    const { source } = delivery;
    stack.permissionsBoundary(new PipelineBoundary(this, "Boundary").policyArn);

    const keys = stack.consume(keysContract);
    const logging = stack.consume(loggingContract);
    const common = {
      encryptionKey: Key.fromKeyArn(keys.artifactsKeyArn),
      accessLogBucketName: logging.accessLogBucketName,
    };
    const artifacts = new ArtifactBucket(this, "Artifacts", common);
    const network = delivery.vpc ? this.network() : undefined;
    const builds: BuildsProps = {
      artifacts,
      logsKey: Key.fromKeyArn(keys.logsKeyArn),
      ...(network ? { network } : {}),
    };

    this.profile = signsFunctions(zone) ? new SigningProfile(this, "SigningProfile") : undefined;
    // Kept: signing the same code again would give other bytes, and a deploy of nothing new.
    const sign = this.profile
      ? this.sign(
          builds,
          this.profile,
          new ArtifactBucket(this, "Code", { ...common, name: "code", expirationDays: "kept" }),
        )
      : undefined;
    const targets = deliveryTargets(zone);
    const zones = targets.map(
      (target) =>
        new ZoneDelivery(this, `Zone-${target.zone}`, {
          ...builds,
          target,
          source,
          signed: sign !== undefined,
          watchMinutes: delivery.watchMinutes,
          driftSchedule: delivery.driftSchedule,
        }),
    );
    // The writer by its name: its role is made after the bucket that it uses.
    const cache = new CacheBucket(this, "Cache", {
      ...common,
      writerRoleArns: [pipelineRoleArn(stack, "verify")],
    });
    this.pipeline = new Pipeline(this, "Pipeline", {
      source,
      artifacts,
      verify: this.verify(builds, cache),
      ...(sign ? { sign } : {}),
      zones,
      approvals: this.approvals(keys.messagesKeyArn, delivery.approvers),
    });
    if (source.connectionArn === undefined) {
      new SourceTrigger(this, "SourceTrigger", { source, pipelineArn: this.pipeline.pipelineArn });
    }
    const pullRequests = new PullRequestProject(this, "PullRequests", {
      source,
      actors: delivery.pullRequestActors,
      buildSpec: buildSpec(`pull-request ${zoneArguments(targets)}`, {
        cached: true,
      }),
      cache,
      artifactsKey: artifacts.encryptionKey,
      logsKey: builds.logsKey,
      ...(network ? { network } : {}),
      statements: planningStatements(targets),
    });
    new FailureNotices(this, "FailureNotices", {
      topicArn: logging.noticesTopicArn,
      pipelineName: this.pipeline.pipelineName,
      projects: [...zones.map(({ drift }) => drift), pullRequests.project],
    });
  }

  private verify({ artifacts, ...builds }: BuildsProps, bucket: CacheBucket): IBuildProject {
    return new BuildProject(this, "Verify", {
      ...builds,
      role: "verify",
      description: "Lints, tests, synthesizes and judges what is to be delivered",
      artifactsKey: artifacts.encryptionKey,
      computeType: "BUILD_GENERAL1_LARGE",
      buildSpec: buildSpec(`verify ${zoneArguments(deliveryTargets(ZoneStack.of(this).zone))}`, {
        folder: "dist/delivery/verified",
        cached: true,
      }),
      remoteCache: { bucket, readOnly: false },
      statements: artifactStatements(artifacts, [ARTIFACTS.source], [ARTIFACTS.verified]),
    });
  }

  private sign(
    { artifacts, ...builds }: BuildsProps,
    profile: SigningProfile,
    code: ArtifactBucket,
  ): IBuildProject {
    return new BuildProject(this, "Sign", {
      ...builds,
      role: "sign",
      description: "Has the code of functions signed that was not signed before",
      artifactsKey: artifacts.encryptionKey,
      computeType: "BUILD_GENERAL1_SMALL",
      buildSpec: buildSpec(`sign --profile ${profile.profileName} --bucket ${code.bucketName}`, {
        folder: "dist/delivery/signed",
      }),
      statements: [
        ...signingStatements(profile, code),
        ...artifactStatements(artifacts, [ARTIFACTS.source, ARTIFACTS.verified], [ARTIFACTS.signed]),
      ],
    });
  }

  /** A topic of its own, so that those who approve need not read all notices. */
  private approvals(messagesKeyArn: string, approvers: readonly string[]): ITopic {
    const { zone } = ZoneStack.of(this);
    const topic = new Topic(this, "Approvals", {
      name: "approvals",
      encryptionKey: Key.fromKeyArn(messagesKeyArn),
    });
    const asked = approvers.length > 0 ? approvers : [zone.contacts.security];
    for (const [index, endpoint] of asked.entries()) {
      new SnsTopicSubscription(this, `Approver-${index}`, {
        topicArn: topic.topicArn,
        protocol: "email",
        endpoint,
      });
    }
    return topic;
  }

  /** The home account's private subnets, for HTTPS alone. */
  private network(): BuildNetwork {
    const network = ZoneStack.of(this).consume(networkContract);
    const { securityGroupId } = new WorkloadSecurityGroup(this, "SecurityGroup", {
      name: "builds",
      vpcId: network.vpcId,
      endpointSecurityGroupId: network.endpointSecurityGroupId,
      prefixListIds: { s3: network.s3PrefixListId },
      internet: true,
    });
    return {
      vpcId: network.vpcId,
      subnetIds: network.privateSubnetIds,
      securityGroupIds: [securityGroupId],
    };
  }
}

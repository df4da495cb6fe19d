import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { type IBuildProject } from "./build-project";

export interface FailureNoticesProps {
  /** The encrypted topic that tells. Its policy lets EventBridge publish for this account. */
  readonly topicArn: string;
  readonly pipelineName: string;
  /** Builds that run by themselves: those of the pipeline fail with it. */
  readonly projects: readonly IBuildProject[];
}

/**
 * Tells of a pipeline and of builds that failed.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html,
 * https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications.html
 */
export class FailureNotices extends Construct {
  constructor(scope: Construct, id: string, props: FailureNoticesProps) {
    super(scope, id);
    this.notice("Pipeline", props.topicArn, {
      name: "pipeline-failed",
      pattern: {
        source: ["aws.codepipeline"],
        "detail-type": ["CodePipeline Stage Execution State Change"],
        detail: { pipeline: [props.pipelineName], state: ["FAILED"] },
      },
      sentence:
        "The pipeline <name> failed in the stage <stage>. Execution <execution> in account <account>, <region>.",
      values: { name: "$.detail.pipeline", stage: "$.detail.stage", execution: "$.detail.execution-id" },
    });
    if (props.projects.length === 0) return;
    this.notice("Builds", props.topicArn, {
      name: "build-failed",
      pattern: {
        source: ["aws.codebuild"],
        "detail-type": ["CodeBuild Build State Change"],
        detail: {
          "project-name": props.projects.map(({ projectName }) => projectName),
          "build-status": ["FAILED", "FAULT", "TIMED_OUT"],
        },
      },
      sentence: "The build <name> ended as <status>. <build> in account <account>, <region>.",
      values: {
        name: "$.detail.project-name",
        status: "$.detail.build-status",
        build: "$.detail.build-id",
      },
    });
  }

  private notice(
    id: string,
    topicArn: string,
    of: {
      readonly name: string;
      readonly pattern: Readonly<Record<string, unknown>>;
      /** What a person reads; what stands in `<>` is taken from `values`. */
      readonly sentence: string;
      readonly values: Readonly<Record<string, string>>;
    },
  ): void {
    const scope = new Construct(this, id);
    const rule = new CloudwatchEventRule(scope, "Resource", {
      name: ZoneStack.of(this).resourceName("eventRule", of.name),
      description: "Tells of what failed on the way of a change",
      eventPattern: JSON.stringify(of.pattern),
    });
    new CloudwatchEventTarget(scope, "Target", {
      rule: rule.name,
      arn: topicArn,
      inputTransformer: {
        inputPaths: { ...of.values, account: "$.account", region: "$.region" },
        inputTemplate: JSON.stringify(of.sentence),
      },
    });
  }
}

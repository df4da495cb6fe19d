import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import {
  CloudwatchEventTarget,
  type CloudwatchEventTargetInputTransformer,
} from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { type Statement } from "@landfall/identity";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { PipelineRole } from "./pipeline-role";

export interface BuildTriggerProps {
  /** What it starts, e.g. `drift-sandbox`; names the rule and its role. */
  readonly name: string;
  readonly description: string;
  /** A schedule in UTC, or the events, in EventBridge's pattern language. */
  readonly on: { readonly schedule: string } | { readonly pattern: Readonly<Record<string, unknown>> };
  /** The ARN of a project or pipeline. */
  readonly targetArn: string;
  readonly action: "codebuild:StartBuild" | "codepipeline:StartPipelineExecution";
  /** What is told to what is started. @default nothing */
  readonly input?: CloudwatchEventTargetInputTransformer;
}

/**
 * Starts a build or a pipeline by the clock or by an event, with a role that starts nothing else.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html
 */
export class BuildTrigger extends Construct {
  readonly ruleArn: string;

  constructor(scope: Construct, id: string, props: BuildTriggerProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const name = stack.resourceName("eventRule", props.name);
    this.ruleArn = stack.arn("events", `rule/${name}`);
    const start: Statement = {
      Sid: "Start",
      Effect: "Allow",
      Action: props.action,
      Resource: props.targetArn,
    };
    const role = new PipelineRole(this, "Role", {
      role: "events",
      target: props.name,
      description: props.description,
      service: "events.amazonaws.com",
      sourceArns: [this.ruleArn],
      statements: [start],
    });
    const rule = new CloudwatchEventRule(this, "Resource", {
      name,
      description: props.description,
      ...("schedule" in props.on
        ? { scheduleExpression: props.on.schedule }
        : { eventPattern: JSON.stringify(props.on.pattern) }),
    });
    new CloudwatchEventTarget(this, "Target", {
      rule: rule.name,
      arn: props.targetArn,
      roleArn: role.roleArn,
      ...(props.input ? { inputTransformer: props.input } : {}),
      dependsOn: [role.policy],
    });
  }
}

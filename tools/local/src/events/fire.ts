import { randomUUID } from "node:crypto";
import { GetQueueUrlCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { LandfallError } from "@landfall/core";
import { callJson } from "../api/aws-api";
import { type AwsAddress, awsClients } from "../functions/aws-clients";
import { type FunctionRunner } from "../functions/function-runner";

interface Rule {
  readonly Arn: string;
  readonly ScheduleExpression?: string;
  readonly State?: string;
}

interface Target {
  readonly Arn: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: object;
}

export interface FireOptions extends AwsAddress {
  /** Of the deployed rule, e.g. `local-sentinel-sweep`. */
  readonly rule: string;
  /** Calls functions that are targets. @default a rule with one is refused */
  readonly runner?: Pick<FunctionRunner, "invoke">;
}

/**
 * Fires a deployed rule with a schedule, now: the emulator's clock fires none.
 *
 * @returns how many targets were told
 * @throws LandfallError when there is no such rule, it has no schedule, is disabled, or has a target that can't be told here
 */
export async function fireSchedule({ rule: name, runner, ...address }: FireOptions): Promise<number> {
  const call = <Answer>(action: string, request: object) =>
    callJson<Answer>(address, "events", `AWSEvents.${action}`, request);
  const rule = await call<Rule>("DescribeRule", { Name: name });
  if (!rule.ScheduleExpression) throw new LandfallError(`The rule ${name} has no schedule`);
  if (rule.State === "DISABLED") throw new LandfallError(`The rule ${name} is disabled`);
  const { Targets } = await call<{ readonly Targets: readonly Target[] }>("ListTargetsByRule", {
    Rule: name,
  });
  const clients = awsClients(address);
  try {
    for (const target of Targets) {
      const body = target.Input ?? JSON.stringify(scheduledEvent(rule.Arn, address.region));
      const [, , service, , account = "", resource = ""] = target.Arn.split(":");
      if (target.InputPath !== undefined || target.InputTransformer !== undefined)
        throw new LandfallError(`The rule ${name} changes its event, which is not played here`);
      if (service === "sqs") {
        const { QueueUrl } = await clients.sqs.send(
          new GetQueueUrlCommand({ QueueName: resource, QueueOwnerAWSAccountId: account }),
        );
        await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
      } else if (service === "lambda" && runner) await runner.invoke(target.Arn, JSON.parse(body));
      else throw new LandfallError(`The rule ${name} has a target that can't be told here: ${target.Arn}`);
    }
  } finally {
    clients.destroy();
  }
  return Targets.length;
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
const scheduledEvent = (ruleArn: string, region: string) => ({
  version: "0",
  id: randomUUID(),
  "detail-type": "Scheduled Event",
  source: "aws.events",
  account: ruleArn.split(":")[4] ?? "",
  time: new Date().toISOString().replace(/\.\d+/, ""),
  region,
  resources: [ruleArn],
  detail: {},
});

import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { DELIVERY } from "./event-rule";
import { type Queue } from "./queue";

export interface ScheduleProps {
  /** What it is for, e.g. `sweep`. */
  readonly name: string;
  readonly description: string;
  /** Minutes from one message to the next, 1 to 10080 (a week). */
  readonly everyMinutes: number;
  readonly target: Queue;
}

const MINUTES_A_WEEK = 7 * 24 * 60;

/**
 * Sends a message to a queue again and again: an event "Scheduled Event" of `aws.events`. What can't be delivered goes to the
 * queue's dead-letter queue.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
 */
export class Schedule extends Construct {
  readonly ruleArn: string;

  constructor(scope: Construct, id: string, props: ScheduleProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { everyMinutes, target } = props;
    validateProps(this, [wholeNumber("everyMinutes", everyMinutes, 1, MINUTES_A_WEEK)]);
    const name = stack.resourceName("eventRule", props.name);
    // Spelt out, so that the queue's policy does not wait for the rule, which waits for nothing.
    this.ruleArn = stack.arn("events", `rule/${name}`);
    target.allowService("events.amazonaws.com", this.ruleArn);
    const rule = new CloudwatchEventRule(this, "Resource", {
      name,
      description: props.description,
      scheduleExpression: `rate(${everyMinutes} ${everyMinutes === 1 ? "minute" : "minutes"})`,
    });
    new CloudwatchEventTarget(this, "Target", {
      rule: rule.name,
      arn: target.queueArn,
      deadLetterConfig: { arn: target.deadLetterQueue.queueArn },
      retryPolicy: DELIVERY,
    });
  }
}

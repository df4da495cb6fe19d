import { type IQueue, type Queue } from "@landfall/messaging";
import { validateProps, wholeNumber } from "@landfall/stack";
import { Construct } from "constructs";
import { Alarm, type AlarmMetric } from "./alarm";
import { lastPart } from "./last-part";
import { subjectOf } from "./subject";

export interface QueueAlarmsProps {
  readonly queue: Queue;
  readonly topicArn: string;
  /** How long a message may wait to be handled, in seconds: 60 to 345600, the four days for which it is kept. @default 900 */
  readonly maxAgeSeconds?: number;
}

const DAY = 24 * 60 * 60;
/** Dead letters stay for 14 days: this leaves four to send them through again. */
const DEAD_LETTER_AGE_SECONDS = 10 * DAY;

/**
 * Alarms on a queue: its oldest message waits too long, a dead letter has arrived, or dead letters are about to be lost.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export class QueueAlarms extends Construct {
  /** For a dashboard. */
  readonly alarmArns: readonly string[];

  constructor(scope: Construct, id: string, props: QueueAlarmsProps) {
    super(scope, id);
    const { queue, topicArn, maxAgeSeconds = 900 } = props;
    validateProps(this, [wholeNumber("maxAgeSeconds", maxAgeSeconds, 60, 4 * DAY)]);
    const subject = subjectOf(queue);
    const metric = ({ queueArn }: IQueue, name: string): AlarmMetric => ({
      namespace: "AWS/SQS",
      name,
      dimensions: { QueueName: lastPart(queueArn) },
      statistic: "Maximum",
    });
    this.alarmArns = [
      new Alarm(this, "Age", {
        name: [...subject, "age"],
        description: "A message waits too long: its consumer is slow, stopped, or fails again and again",
        metric: metric(queue, "ApproximateAgeOfOldestMessage"),
        threshold: maxAgeSeconds,
        topicArn,
      }),
      new Alarm(this, "DeadLetters", {
        name: [...subject, "dead-letters"],
        description: "There are dead letters: npm run redrive lists them with their reasons",
        metric: metric(queue.deadLetterQueue, "ApproximateNumberOfMessagesVisible"),
        threshold: 1,
        topicArn,
      }),
      new Alarm(this, "DeadLettersExpire", {
        name: [...subject, "dead-letters-expire"],
        description: "Dead letters are about to be lost: send them through again, or let them go",
        metric: metric(queue.deadLetterQueue, "ApproximateAgeOfOldestMessage"),
        threshold: DEAD_LETTER_AGE_SECONDS,
        topicArn,
      }),
    ].map(({ alarmArn }) => alarmArn);
  }
}

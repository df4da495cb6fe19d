import { validateProps, wholeNumber } from "@landfall/stack";
import { Construct } from "constructs";
import { Alarm } from "./alarm";
import { lastPart } from "./last-part";
import { subjectOf } from "./subject";

export interface StreamAlarmsProps {
  /** The name of the function that consumes the stream. */
  readonly functionName: string;
  readonly topicArn: string;
  /** How old a record may be when the function gets it, in seconds: 1 to 86400, the day for which a stream keeps it. @default 300 */
  readonly maxIteratorAgeSeconds?: number;
}

/**
 * An alarm on what a function consumes of a stream: it lags behind. A stream forgets after a day, read or not.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export class StreamAlarms extends Construct {
  /** For a dashboard. */
  readonly alarmArns: readonly string[];

  constructor(scope: Construct, id: string, props: StreamAlarmsProps) {
    super(scope, id);
    const { maxIteratorAgeSeconds = 300 } = props;
    validateProps(this, [wholeNumber("maxIteratorAgeSeconds", maxIteratorAgeSeconds, 1, 86_400)]);
    const alarm = new Alarm(this, "IteratorAge", {
      name: [...subjectOf(this, props.functionName), "iterator-age"],
      description: "The function lags behind its stream, which forgets records after a day",
      metric: {
        namespace: "AWS/Lambda",
        name: "IteratorAge",
        dimensions: { FunctionName: lastPart(props.functionName) },
        statistic: "Maximum",
      },
      threshold: maxIteratorAgeSeconds * 1000,
      topicArn: props.topicArn,
    });
    this.alarmArns = [alarm.alarmArn];
  }
}

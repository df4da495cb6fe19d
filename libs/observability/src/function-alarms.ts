import { validateProps, wholeNumber } from "@landfall/stack";
import { Construct } from "constructs";
import { Alarm, type AlarmMetric } from "./alarm";
import { lastPart } from "./last-part";
import { subjectOf } from "./subject";

export interface FunctionAlarmsProps {
  /** The function's name. */
  readonly functionName: string;
  readonly topicArn: string;
  /** What the function has reserved, 1 to 1000. @default 10, as `LambdaFunction` does */
  readonly reservedConcurrency?: number;
  /** The function's timeout, 1 to 900. @default 30, as `LambdaFunction` has */
  readonly timeoutSeconds?: number;
}

/** How much of the timeout and of the reserved concurrency is close to the end of it. */
const NEAR_TIMEOUT = 0.8;
const NEAR_FULL = 0.9;

/**
 * Alarms on a function: it fails, it is throttled, it runs close to its timeout, or it uses up its concurrency.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export class FunctionAlarms extends Construct {
  /** For a dashboard. */
  readonly alarmArns: readonly string[];

  constructor(scope: Construct, id: string, props: FunctionAlarmsProps) {
    super(scope, id);
    const { topicArn, reservedConcurrency = 10, timeoutSeconds = 30 } = props;
    validateProps(this, [
      wholeNumber("reservedConcurrency", reservedConcurrency, 1, 1000),
      wholeNumber("timeoutSeconds", timeoutSeconds, 1, 900),
    ]);
    const functionName = lastPart(props.functionName);
    const subject = subjectOf(this, props.functionName);
    const metric = (name: string, statistic: AlarmMetric["statistic"]): AlarmMetric => ({
      namespace: "AWS/Lambda",
      name,
      dimensions: { FunctionName: functionName },
      statistic,
    });
    this.alarmArns = [
      new Alarm(this, "Errors", {
        name: [...subject, "errors"],
        description: "The function failed or timed out: see its log",
        metric: metric("Errors", "Sum"),
        threshold: 1,
        topicArn,
      }),
      new Alarm(this, "Throttles", {
        name: [...subject, "throttles"],
        description:
          "The function is refused again and again for lack of concurrency: events wait or are lost",
        metric: metric("Throttles", "Sum"),
        threshold: 1,
        // A short throttle is what retries are for.
        periods: 3,
        topicArn,
      }),
      new Alarm(this, "Duration", {
        name: [...subject, "duration"],
        description:
          "The function runs close to its timeout: what is behind it is slow, or its batches are too large",
        metric: metric("Duration", "Maximum"),
        threshold: NEAR_TIMEOUT * timeoutSeconds * 1000,
        periods: 3,
        breaching: 2,
        topicArn,
      }),
      new Alarm(this, "Concurrency", {
        name: [...subject, "concurrency"],
        description: "The function uses up its reserved concurrency: raise it, or find out who sends so much",
        metric: metric("ConcurrentExecutions", "Maximum"),
        threshold: Math.ceil(NEAR_FULL * reservedConcurrency),
        periods: 3,
        topicArn,
      }),
    ].map(({ alarmArn }) => alarmArn);
  }
}

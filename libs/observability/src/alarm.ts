import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";

/** A metric, and how the values of a period become one. */
export interface AlarmMetric {
  /** e.g. `AWS/Lambda`, or the namespace of an app's own metrics. */
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
}

export interface AlarmProps {
  /** What it is about and what is wrong, e.g. `["catalogue", "errors"]`: the name is made of the zone, the stack and this. */
  readonly name: readonly string[];
  /** What happened and what to do, as the notice says it. */
  readonly description: string;
  readonly metric: AlarmMetric;
  /** The value from which on it is too much, in the metric's unit. */
  readonly threshold: number;
  /** The topic that is told when it begins and when it is over. `cloudwatch.amazonaws.com` must be let in. */
  readonly topicArn: string;
  /** Length of a period in seconds: a multiple of 60. @default 300 */
  readonly periodSeconds?: number;
  /** How many of the latest periods are looked at, 1 to 288. @default 1 */
  readonly periods?: number;
  /** How many of these must be too high, 1 to `periods`. @default all of them */
  readonly breaching?: number;
}

const DEFAULT_PERIOD_SECONDS = 300;
/** CloudWatch looks back a day at most. */
const LOOK_BACK_SECONDS = 86_400;

/**
 * An alarm on one metric that tells a topic when it begins and when it is over. No data is good news: these metrics are
 * only written where something happens.
 *
 * @see CloudWatch.15 (an alarm has an action), CloudWatch.17 (actions are on)
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 */
export class Alarm extends Construct {
  readonly alarmArn: string;

  constructor(scope: Construct, id: string, props: AlarmProps) {
    super(scope, id);
    const { metric, periodSeconds = DEFAULT_PERIOD_SECONDS, periods = 1, breaching = periods } = props;
    validateProps(this, [
      {
        prop: "periodSeconds",
        value: periodSeconds,
        valid: Number.isInteger(periodSeconds / 60) && periodSeconds > 0,
        allowed: "a multiple of 60",
      },
      wholeNumber("periods", periods, 1, Math.max(1, Math.floor(LOOK_BACK_SECONDS / periodSeconds))),
      wholeNumber("breaching", breaching, 1, periods),
      {
        prop: "threshold",
        value: props.threshold,
        valid: props.threshold > 0,
        allowed: "above 0: no data counts as good",
      },
    ]);
    this.alarmArn = new CloudwatchMetricAlarm(this, "Resource", {
      alarmName: ZoneStack.of(this).resourceName("alarm", ...props.name),
      alarmDescription: props.description,
      namespace: metric.namespace,
      metricName: metric.name,
      dimensions: { ...metric.dimensions },
      statistic: metric.statistic,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: props.threshold,
      period: periodSeconds,
      evaluationPeriods: periods,
      datapointsToAlarm: breaching,
      treatMissingData: "notBreaching",
      alarmActions: [props.topicArn],
      okActions: [props.topicArn],
    }).arn;
  }
}

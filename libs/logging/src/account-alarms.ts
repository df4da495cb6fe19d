import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { type ITopic } from "@landfall/messaging";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { accountEvents } from "./account-events";

export interface AccountAlarmsProps {
  /** Name of the log group that takes the trail's events. */
  readonly logGroupName: string;
  /** Where the alarms go. */
  readonly notices: ITopic;
}

const PERIOD_SECONDS = 300;

/**
 * An alarm on each of the account events: a metric filter on the trail's log group counts them, and as many as its
 * threshold within five minutes raise the alarm.
 *
 * @see CloudWatch.1 to CloudWatch.14 of the CIS AWS Foundations Benchmark
 */
export class AccountAlarms extends Construct {
  constructor(scope: Construct, id: string, props: AccountAlarmsProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const namespace = `Landfall/${stack.zone.name}`;
    for (const { name, description, pattern, threshold = 1 } of accountEvents(stack.zone.name)) {
      const metric = stack.resourceName("alarm", name);
      new CloudwatchLogMetricFilter(this, `Filter-${name}`, {
        name: metric,
        logGroupName: props.logGroupName,
        pattern,
        metricTransformation: { name: metric, namespace, value: "1" },
      });
      new CloudwatchMetricAlarm(this, `Alarm-${name}`, {
        alarmName: metric,
        alarmDescription: description,
        namespace,
        metricName: metric,
        statistic: "Sum",
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        threshold,
        period: PERIOD_SECONDS,
        evaluationPeriods: 1,
        // No event, no data: that is the good case.
        treatMissingData: "notBreaching",
        alarmActions: [props.notices.topicArn],
      });
    }
  }
}

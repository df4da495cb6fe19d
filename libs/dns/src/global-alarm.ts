import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { type Constraint, validateProps, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { GLOBAL_REGION } from "./global-region";

export interface GlobalAlarmProps {
  /** The parts of its name after the zone and the stack, e.g. `["dnssec", "internal-failure"]`. */
  readonly name: readonly string[];
  /** What has happened when it rings, and what to do. */
  readonly description: string;
  /** A metric of `AWS/Route53`. */
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** It rings while `statistic` over `periodSeconds` is `comparison` `threshold`. */
  readonly statistic: "Minimum" | "Sum";
  readonly comparison: "LessThanThreshold" | "GreaterThanOrEqualToThreshold";
  readonly threshold: number;
  readonly periodSeconds: number;
  /** What no data means: bad, or that the state stays as it is. */
  readonly missingData: "breaching" | "ignore";
  /** The topic that it tells, in {@link GLOBAL_REGION}. */
  readonly topicArn: string;
}

/** A constraint on a topic: an alarm reaches none of another region. */
export const globalTopic = (prop: string, topicArn: string): Constraint => ({
  prop,
  value: topicArn,
  valid: topicArn.startsWith(`arn:aws:sns:${GLOBAL_REGION}:`),
  allowed: `the ARN of a topic in ${GLOBAL_REGION}, where Route 53's alarms are, e.g. the dns contract's globalNoticesTopicArn`,
});

/**
 * An alarm on a metric of Route 53, in the region that has them. It tells when it rings and when it is over.
 *
 * @see CloudWatch.15 (an action for the alarm state),
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-cloudwatch.html
 */
export class GlobalAlarm extends Construct {
  constructor(scope: Construct, id: string, props: GlobalAlarmProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    validateProps(this, [globalTopic("topicArn", props.topicArn)]);
    new CloudwatchMetricAlarm(this, "Resource", {
      provider: stack.providerIn({ region: GLOBAL_REGION }),
      alarmName: stack.resourceName("alarm", ...props.name),
      alarmDescription: props.description,
      namespace: "AWS/Route53",
      metricName: props.metricName,
      dimensions: { ...props.dimensions },
      statistic: props.statistic,
      comparisonOperator: props.comparison,
      threshold: props.threshold,
      period: props.periodSeconds,
      evaluationPeriods: 1,
      treatMissingData: props.missingData,
      actionsEnabled: true,
      alarmActions: [props.topicArn],
      okActions: [props.topicArn],
    });
  }
}

import { Construct } from "constructs";
import { Alarm } from "./alarm";
import { lastPart } from "./last-part";
import { subjectOf } from "./subject";

export interface TableAlarmsProps {
  /** The table's name. */
  readonly tableName: string;
  readonly topicArn: string;
}

/**
 * Alarms on a table: its reads or its writes are throttled again and again, for all that the clients retry.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export class TableAlarms extends Construct {
  /** For a dashboard. */
  readonly alarmArns: readonly string[];

  constructor(scope: Construct, id: string, props: TableAlarmsProps) {
    super(scope, id);
    const subject = subjectOf(this, props.tableName);
    const throttles = (what: "Read" | "Write"): string =>
      new Alarm(this, `${what}Throttles`, {
        name: [...subject, `${what}-throttles`],
        description: `The table's ${what.toLowerCase()}s are throttled again and again: look for a hot key`,
        metric: {
          namespace: "AWS/DynamoDB",
          name: `${what}ThrottleEvents`,
          dimensions: { TableName: lastPart(props.tableName) },
          statistic: "Sum",
        },
        threshold: 1,
        periods: 3,
        topicArn: props.topicArn,
      }).alarmArn;
    this.alarmArns = [throttles("Read"), throttles("Write")];
  }
}

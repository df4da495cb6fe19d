import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { validateProps, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import {
  alarmRow,
  type AppMetric,
  appRow,
  functionRow,
  placed,
  queueRow,
  tableRow,
} from "./dashboard-widgets";
import { lastPart } from "./last-part";

export interface AppDashboardProps {
  /** The app's functions: names or ARNs. */
  readonly functions: readonly string[];
  /** The app's queues: names, ARNs or URLs. Name the dead-letter queues too. */
  readonly queues: readonly string[];
  /** The app's tables: names or ARNs. @default none */
  readonly tables?: readonly string[];
  /** What the app says of itself, in metrics of its own. @default nothing */
  readonly metrics?: readonly AppMetric[];
  /** ARNs of the app's alarms, at most 100. @default none */
  readonly alarms?: readonly string[];
}

/** A dashboard shows no more alarms in one widget. */
const MOST_ALARMS = 100;

/**
 * The dashboard of an app in a region, one a stack: its alarms, its own metrics, then each function, queue and table.
 * Dashboards are global to an account, so that its name ends with the region.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html
 */
export class AppDashboard extends Construct {
  readonly dashboardName: string;

  constructor(scope: Construct, id: string, props: AppDashboardProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { functions, queues, tables = [], metrics = [], alarms = [] } = props;
    validateProps(this, [
      {
        prop: "functions",
        value: functions,
        valid: functions.length + queues.length + tables.length > 0,
        allowed: "there, or else a queue or a table",
      },
      {
        prop: "alarms",
        value: alarms.length,
        valid: alarms.length <= MOST_ALARMS,
        allowed: `at most ${MOST_ALARMS}`,
      },
    ]);
    const { region } = stack;
    const widgets = [
      ...alarmRow(alarms),
      ...appRow(region, metrics),
      ...functions.flatMap((name) => functionRow(region, lastPart(name))),
      ...queues.flatMap((name) => queueRow(region, lastPart(name))),
      ...tables.flatMap((name) => tableRow(region, lastPart(name))),
    ];
    this.dashboardName = stack.resourceName("dashboard", region);
    new CloudwatchDashboard(this, "Resource", {
      dashboardName: this.dashboardName,
      dashboardBody: JSON.stringify({ widgets: placed(widgets) }),
    });
  }
}

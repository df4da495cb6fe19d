/** A metric of an app, as it writes it in CloudWatch's embedded metric format. */
export interface AppMetric {
  /** What the graph shows. */
  readonly title: string;
  /** @default "Landfall" */
  readonly namespace?: string;
  /** The dimensions with which it is written, e.g. `{ service: "intake" }`. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** The metrics of one graph. */
  readonly names: readonly string[];
  /** One more dimension, by whose values the metrics are told apart, e.g. `reason`. @default none */
  readonly by?: string;
  /** @default "Sum" */
  readonly statistic?: "Average" | "Maximum" | "Sum" | "p50" | "p99";
}

/** One thing on a dashboard, without its place. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export interface Widget {
  readonly type: "alarm" | "metric" | "text";
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Columns of a dashboard. */
export const WIDTH = 24;
const HEIGHT = 6;
const PERIOD_SECONDS = 300;

type Line = readonly (string | Readonly<Record<string, unknown>>)[];

const heading = (markdown: string): Widget => ({
  type: "text",
  width: WIDTH,
  height: 1,
  properties: { markdown, background: "transparent" },
});

const graph = (region: string, title: string, width: number, metrics: readonly Line[]): Widget => ({
  type: "metric",
  width,
  height: HEIGHT,
  properties: { title, region, view: "timeSeries", stat: "Sum", period: PERIOD_SECONDS, metrics },
});

/** The state of each alarm, at one glance. */
export const alarmRow = (alarms: readonly string[]): Widget[] =>
  alarms.length === 0
    ? []
    : [
        {
          type: "alarm",
          width: WIDTH,
          height: 1 + Math.ceil(alarms.length / 4),
          properties: { title: "Alarms", alarms },
        },
      ];

/** What the app does, in its own words. */
export const appRow = (region: string, metrics: readonly AppMetric[]): Widget[] => {
  if (metrics.length === 0) return [];
  const width = Math.max(WIDTH / 4, Math.floor(WIDTH / metrics.length));
  return [heading("## What the app does"), ...metrics.map((metric) => appGraph(region, width, metric))];
};

function appGraph(region: string, width: number, metric: AppMetric): Widget {
  const { title, namespace = "Landfall", dimensions, names, by, statistic: stat = "Sum" } = metric;
  const pairs = Object.entries(dimensions);
  if (by === undefined) {
    return graph(
      region,
      title,
      width,
      names.map((name) => [namespace, name, ...pairs.flat(), { stat, label: name }]),
    );
  }
  const schema = [namespace, ...pairs.map(([name]) => name), by].join(",");
  const fixed = pairs.map(([name, value]) => `${name}="${value}"`);
  return graph(
    region,
    title,
    width,
    names.map((name) => {
      const query = [`{${schema}}`, `MetricName="${name}"`, ...fixed].join(" ");
      return [{ expression: `SEARCH('${query}', '${stat}', ${PERIOD_SECONDS})`, label: "" }];
    }),
  );
}

/** A function: how often, how long, and how much of it at once. */
export function functionRow(region: string, functionName: string): Widget[] {
  const line = (name: string, stat: string, label = name): Line => [
    "AWS/Lambda",
    name,
    "FunctionName",
    functionName,
    { stat, label },
  ];
  return [
    heading(`## Function ${functionName}`),
    graph(region, "Invocations, errors, throttles", 8, [
      line("Invocations", "Sum"),
      line("Errors", "Sum"),
      line("Throttles", "Sum"),
    ]),
    graph(region, "Duration, ms", 8, [
      line("Duration", "p50", "p50"),
      line("Duration", "p99", "p99"),
      line("Duration", "Maximum", "longest"),
    ]),
    graph(region, "At once; stream lag, ms", 8, [
      line("ConcurrentExecutions", "Maximum"),
      line("IteratorAge", "Maximum"),
    ]),
  ];
}

/** A queue: what comes and goes, what waits, and for how long. A dead-letter queue is a queue like any other. */
export function queueRow(region: string, queueName: string): Widget[] {
  const line = (name: string, stat: string): Line => ["AWS/SQS", name, "QueueName", queueName, { stat }];
  return [
    heading(`## Queue ${queueName}`),
    graph(region, "Messages in and out", 8, [
      line("NumberOfMessagesSent", "Sum"),
      line("NumberOfMessagesDeleted", "Sum"),
    ]),
    graph(region, "Messages waiting and in flight", 8, [
      line("ApproximateNumberOfMessagesVisible", "Maximum"),
      line("ApproximateNumberOfMessagesNotVisible", "Maximum"),
    ]),
    graph(region, "Age of the oldest message, s", 8, [line("ApproximateAgeOfOldestMessage", "Maximum")]),
  ];
}

/** A table: what is used of it, and what is refused. */
export function tableRow(region: string, tableName: string): Widget[] {
  const line = (name: string): Line => ["AWS/DynamoDB", name, "TableName", tableName, { stat: "Sum" }];
  return [
    heading(`## Table ${tableName}`),
    graph(region, "Capacity used, units", 12, [
      line("ConsumedReadCapacityUnits"),
      line("ConsumedWriteCapacityUnits"),
    ]),
    graph(region, "Throttles and failed conditions", 12, [
      line("ReadThrottleEvents"),
      line("WriteThrottleEvents"),
      line("ConditionalCheckFailedRequests"),
    ]),
  ];
}

/** Gives each widget its place: from left to right, in rows as high as their highest. */
export function placed(widgets: readonly Widget[]): (Widget & { readonly x: number; readonly y: number })[] {
  let [x, y, rowHeight] = [0, 0, 0];
  return widgets.map((widget) => {
    if (x + widget.width > WIDTH) [x, y, rowHeight] = [0, y + rowHeight, 0];
    const place = { x, y };
    x += widget.width;
    rowHeight = Math.max(rowHeight, widget.height);
    return { ...widget, ...place };
  });
}

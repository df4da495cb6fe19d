/** What a function wrote, read by a machine. */
export interface ReadLog {
  /** JSON lines that are no metrics, e.g. a structured logger's. */
  readonly logs: readonly Readonly<Record<string, unknown>>[];
  /** Sums of the metrics in CloudWatch's embedded metric format, by name. */
  readonly metrics: Readonly<Record<string, number>>;
}

type JsonObject = Record<string, unknown>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const parseObject = (line: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The names of the metrics that a line declares; undefined when it declares none. */
const metricNames = (line: JsonObject): string[] | undefined => {
  const declaration = line["_aws"];
  if (!isObject(declaration) || !Array.isArray(declaration["CloudWatchMetrics"])) return undefined;
  const metrics = list(declaration["CloudWatchMetrics"]).flatMap((group) =>
    list(isObject(group) && group["Metrics"]),
  );
  return metrics.flatMap((metric) =>
    isObject(metric) && typeof metric["Name"] === "string" ? [metric["Name"]] : [],
  );
};

/**
 * Reads the JSON among a function's lines; other lines are passed over.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function readLog(lines: readonly string[]): ReadLog {
  const logs: JsonObject[] = [];
  const metrics: Record<string, number> = {};
  for (const line of lines) {
    const object = parseObject(line);
    if (!object) continue;
    const names = metricNames(object);
    if (!names) {
      logs.push(object);
      continue;
    }
    for (const name of names) {
      const values = [object[name]].flat().filter((value) => typeof value === "number");
      metrics[name] = values.reduce((sum, value) => sum + value, metrics[name] ?? 0);
    }
  }
  return { logs, metrics };
}

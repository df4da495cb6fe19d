import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { Tracer } from "@aws-lambda-powertools/tracer";
import { type Context } from "aws-lambda";

/** Service name, namespace and log level come from the `POWERTOOLS_*` environment variables. */
const logger = new Logger();
const metrics = new Metrics();

/** The SDK clients are captured one by one; capturing all of HTTP would show each call twice. */
export const tracer = new Tracer({ captureHTTPsRequests: false });

/** What one request or message came to. Nothing that a client or a customer wrote is ever in it. */
export interface Observation {
  /** e.g. `Request accepted` */
  readonly message: string;
  readonly outcome: string;
  /** The metric that counts it, e.g. `OrdersAccepted`. */
  readonly metric: string;
  /** Counts it apart by this as well. */
  readonly reason?: string | undefined;
  /** Fields of the log line. */
  readonly fields: Readonly<Record<string, string | number | undefined>>;
  readonly error?: unknown;
}

/** Starts the telemetry of one invocation. */
export function startInvocation(context: Context): void {
  logger.addContext(context);
  metrics.captureColdStartMetric(context.functionName);
}

/** Writes out the metrics of the invocation. */
export function endInvocation(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}

/**
 * Runs the work on one request or message in a trace segment of its own and reports what it came to: one log line, one
 * count, and the annotations `outcome` and `reason`.
 *
 * @param name of the segment, e.g. `request`
 */
export async function observe<T>(
  name: string,
  work: () => Promise<T>,
  describe: (result: T) => Observation,
): Promise<T> {
  const parent = tracer.getSegment();
  const segment = parent?.addNewSubsegment(`## ${name}`);
  if (segment) tracer.setSegment(segment);
  try {
    const result = await work();
    const observation = describe(result);
    tracer.addServiceNameAnnotation();
    tracer.putAnnotation("outcome", observation.outcome);
    if (observation.reason !== undefined) tracer.putAnnotation("reason", observation.reason);
    if (observation.error instanceof Error) tracer.addErrorAsMetadata(observation.error);
    report(observation);
    return result;
  } finally {
    segment?.close();
    if (parent) tracer.setSegment(parent);
  }
}

/** Logs a failed check of the health endpoint, which itself says no more than that it failed. */
export function reportFailedCheck(dependency: string, error: unknown): void {
  logger.error("Dependency failed", { dependency, error: asError(error) });
}

/** Counts things that are not requests or messages, e.g. the records of a batch. */
export function count(metric: string, value: number): void {
  if (value > 0) metrics.addMetric(metric, MetricUnit.Count, value);
}

function report({ message, outcome, metric, reason, fields, error }: Observation): void {
  logger[error === undefined ? "info" : "error"](message, {
    outcome,
    ...fields,
    ...(reason !== undefined && { reason }),
    ...(error !== undefined && { error: asError(error) }),
  });
  if (reason === undefined) {
    metrics.addMetric(metric, MetricUnit.Count, 1);
    return;
  }
  // Two dimension sets: the total that an alarm watches, and the count of each reason.
  metrics.singleMetric().addDimensions({}).addDimensions({ reason }).addMetric(metric, MetricUnit.Count, 1);
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { Tracer } from "@aws-lambda-powertools/tracer";
import { type Context } from "aws-lambda";
import { type Result } from "./catalogue";

/** Service name, namespace and log level come from the `POWERTOOLS_*` environment variables. */
const logger = new Logger();
const metrics = new Metrics();

/** The SDK clients are captured one by one; capturing all of HTTP would show each call twice. */
export const tracer = new Tracer({ captureHTTPsRequests: false });

const countMetrics = {
  catalogued: "DocumentsCatalogued",
  deduplicated: "DocumentsDeduplicated",
  refused: "DocumentsRefused",
  failed: "DocumentsFailed",
} as const;

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
 * Runs the work on one record in a trace segment of its own and reports its result: one log line with the `outcome`,
 * one count, and the annotations `outcome` and `reason`. Document content is never part of it.
 */
export async function observeRecord(messageId: string, work: () => Promise<Result>): Promise<Result> {
  const parent = tracer.getSegment();
  const segment = parent?.addNewSubsegment("## record");
  if (segment) tracer.setSegment(segment);
  try {
    const result = await work();
    tracer.addServiceNameAnnotation();
    tracer.putAnnotation("outcome", result.outcome);
    if (result.outcome === "refused") tracer.putAnnotation("reason", result.refusal.reason);
    if (result.outcome === "failed" && result.error instanceof Error) tracer.addErrorAsMetadata(result.error);
    log(messageId, result);
    count(result);
    return result;
  } finally {
    segment?.close();
    if (parent) tracer.setSegment(parent);
  }
}

function log(messageId: string, result: Result): void {
  logger.info(`Document ${result.outcome}`, {
    outcome: result.outcome,
    messageId,
    bucket: result.upload?.bucket,
    key: result.upload?.key,
    versionId: result.upload?.versionId,
    digest: result.digest,
    ...(result.outcome === "refused" && { reason: result.refusal.reason, detail: result.refusal.detail }),
    ...(result.outcome === "failed" && {
      error: result.error instanceof Error ? result.error : String(result.error),
    }),
  });
}

function count(result: Result): void {
  const name = countMetrics[result.outcome];
  if (result.outcome === "refused") {
    // Two dimension sets: the total that an alarm watches, and the count of each reason.
    const { reason } = result.refusal;
    metrics.singleMetric().addDimensions({}).addDimensions({ reason }).addMetric(name, MetricUnit.Count, 1);
    return;
  }
  metrics.addMetric(name, MetricUnit.Count, 1);
  if (result.outcome === "catalogued") metrics.addMetric("DocumentBytes", MetricUnit.Bytes, result.bytes);
}

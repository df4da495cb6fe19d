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
  ignored: "DocumentsIgnored",
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

/** What tells one record from another. */
export interface RecordIdentity {
  readonly messageId: string;
  /** The trace that the message comes from, `Root=1-…;Parent=…;Sampled=1`, where the sender was traced. */
  readonly traceHeader?: string | undefined;
}

/**
 * Runs the work on one record in a trace segment of its own and reports its result: one log line with the `outcome`,
 * one count, and the annotations `outcome` and `reason`. Document content is never part of it. A batch has one trace and each
 * of its messages may come from another, which the annotation `sender` and the log line name.
 */
export async function observeRecord(record: RecordIdentity, work: () => Promise<Result>): Promise<Result> {
  const sender = /Root=(1-[0-9a-f]{8}-[0-9a-f]{24})/.exec(record.traceHeader ?? "")?.[1];
  const parent = tracer.getSegment();
  const segment = parent?.addNewSubsegment("## record");
  if (segment) tracer.setSegment(segment);
  try {
    const result = await work();
    tracer.addServiceNameAnnotation();
    tracer.putAnnotation("outcome", result.outcome);
    if (sender !== undefined) tracer.putAnnotation("sender", sender);
    if (result.outcome === "refused") tracer.putAnnotation("reason", result.refusal.reason);
    if (result.outcome === "failed" && result.error instanceof Error) tracer.addErrorAsMetadata(result.error);
    log(record.messageId, sender, result);
    count(result);
    return result;
  } finally {
    segment?.close();
    if (parent) tracer.setSegment(parent);
  }
}

function log(messageId: string, sender: string | undefined, result: Result): void {
  logger.info(`Document ${result.outcome}`, {
    outcome: result.outcome,
    messageId,
    sender,
    bucket: result.upload?.bucket,
    key: result.upload?.key,
    versionId: result.upload?.versionId,
    digest: result.digest,
    ...(result.outcome === "refused" && {
      reason: result.refusal.reason,
      detail: result.refusal.detail,
      quarantined: result.quarantined,
    }),
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

import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { Tracer } from "@aws-lambda-powertools/tracer";
import { type Context } from "aws-lambda";
import { type RepairName } from "./repair";
import { type Case, type Result } from "./sentinel";

/** Service name, namespace and log level come from the `POWERTOOLS_*` environment variables. */
const logger = new Logger();
const metrics = new Metrics();

/** The SDK clients are captured one by one; capturing all of HTTP would show each call twice. */
export const tracer = new Tracer({ captureHTTPsRequests: false });

/** What alarms watch; of the outcomes that ask for nobody, e.g. `sound`, there is none. */
const caseMetrics: Readonly<Partial<Record<Case["outcome"], string>>> = {
  repaired: "Repaired",
  confirmed: "Repaired",
  reported: "Reported",
  ignored: "Ignored",
  failed: "RepairsFailed",
};

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
 * Runs the work on one message in a trace segment of its own and reports its result: one log line for the message and one for each
 * target where something was wrong, a count of each, and the annotations `repair`, `outcome` and `reason`.
 */
export async function observeMessage(
  repair: RepairName,
  messageId: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const parent = tracer.getSegment();
  const segment = parent?.addNewSubsegment("## message");
  if (segment) tracer.setSegment(segment);
  try {
    const result = await work();
    tracer.addServiceNameAnnotation();
    tracer.putAnnotation("repair", repair);
    tracer.putAnnotation("outcome", result.outcome);
    if (result.outcome === "refused") tracer.putAnnotation("reason", result.refusal.reason);
    if (result.outcome === "failed" && result.error instanceof Error) tracer.addErrorAsMetadata(result.error);
    log(repair, messageId, result);
    count(repair, result);
    return result;
  } finally {
    segment?.close();
    if (parent) tracer.setSegment(parent);
  }
}

const textOf = (error: unknown) => (error instanceof Error ? error : String(error));

function log(repair: RepairName, messageId: string, result: Result): void {
  const cases = result.outcome === "refused" ? [] : result.cases;
  for (const { target, outcome, why, error } of cases.filter((each) => each.outcome !== "sound")) {
    logger.info(`Target ${outcome}`, {
      repair,
      messageId,
      target,
      targetOutcome: outcome,
      why,
      ...(error === undefined ? {} : { error: textOf(error) }),
    });
  }
  logger.info(`Message ${result.outcome}`, {
    repair,
    messageId,
    outcome: result.outcome,
    targets: cases.length,
    ...(result.outcome === "refused" && { reason: result.refusal.reason, detail: result.refusal.detail }),
    ...(result.outcome === "failed" && { error: textOf(result.error) }),
  });
}

function count(repair: RepairName, result: Result): void {
  // Two dimension sets: the total that an alarm watches, and the count of each repair or reason.
  const add = (name: string, dimensions: { readonly [name: string]: string }) =>
    metrics
      .singleMetric()
      .addDimensions({})
      .addDimensions({ ...dimensions })
      .addMetric(name, MetricUnit.Count, 1);
  if (result.outcome === "refused") {
    add("MessagesRefused", { repair, reason: result.refusal.reason });
    return;
  }
  for (const { outcome } of result.cases) {
    const name = caseMetrics[outcome];
    if (name !== undefined) add(name, { repair });
  }
  if (result.outcome === "failed") add("MessagesFailed", { repair });
}

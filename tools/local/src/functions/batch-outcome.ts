/** How an invocation ended: with the handler's result, as JSON, or with an error. */
export type InvocationEnd =
  | {
      readonly ok: true;
      /** JSON; undefined when the handler returned nothing. */ readonly payload?: string | undefined;
    }
  | { readonly ok: false; readonly error: string };

export interface BatchOutcome {
  /** Ids of the messages that are done, to be deleted. */
  readonly succeeded: readonly string[];
  /** Ids of the messages that stay in the queue, to be tried again. */
  readonly failed: readonly string[];
  /** Why the whole batch failed although the handler returned; undefined otherwise. */
  readonly malformed?: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The ids that a response reports as failed, or what is wrong with it. */
const reportedFailures = (
  payload: string | undefined,
  known: ReadonlySet<string>,
): string[] | { malformed: string } => {
  let response: unknown;
  try {
    response = payload === undefined ? null : JSON.parse(payload);
  } catch {
    return { malformed: "the response is not JSON" };
  }
  if (response === null) return [];
  if (!isRecord(response)) return { malformed: "the response is not an object" };
  const failures = response["batchItemFailures"] ?? [];
  if (!Array.isArray(failures)) return { malformed: "batchItemFailures is not a list" };
  const ids: string[] = [];
  for (const failure of failures as unknown[]) {
    const id = isRecord(failure) ? failure["itemIdentifier"] : undefined;
    if (typeof id !== "string" || id === "") return { malformed: "an itemIdentifier is missing or empty" };
    if (!known.has(id)) return { malformed: `the itemIdentifier ${id} is not in the batch` };
    ids.push(id);
  }
  return ids;
};

/**
 * Which messages of a batch are done, as Lambda judges it.
 *
 * Without partial responses, all are done unless the function failed. With them, an empty response is a success, and a
 * malformed one is a failure of the whole batch, so that nothing is lost.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function batchOutcome(
  messageIds: readonly string[],
  end: InvocationEnd,
  reportsFailures: boolean,
): BatchOutcome {
  if (!end.ok) return { succeeded: [], failed: messageIds };
  if (!reportsFailures) return { succeeded: messageIds, failed: [] };
  const reported = reportedFailures(end.payload, new Set(messageIds));
  if ("malformed" in reported) return { succeeded: [], failed: messageIds, malformed: reported.malformed };
  const failed = new Set(reported);
  return {
    succeeded: messageIds.filter((id) => !failed.has(id)),
    failed: messageIds.filter((id) => failed.has(id)),
  };
}

import { type Message } from "@aws-sdk/client-sqs";

/** A message in a dead-letter queue, as people and {@link redrive} need it. */
export interface DeadLetter {
  /** The message's id in the dead-letter queue. */
  readonly id: string;
  /** A code, e.g. `malformed-json`; `given-up` where nobody has named one. */
  readonly reason: string;
  /** For people; empty where nobody has said more. */
  readonly detail: string;
  /** What the message is about, as far as it is known: an object, or a kind of event. */
  readonly about: string;
  /** When it was sent first. */
  readonly sentAt: Date;
  readonly message: Message;
}

/** The longest text that is shown of anything, in characters. */
const SHOWN = 120;

/** The attributes in which services and our functions say why, by their writers: ours, EventBridge, Lambda. */
const REASONS = [
  { reason: "reason", detail: "detail" },
  { reason: "ERROR_CODE", detail: "ERROR_MESSAGE" },
  { reason: "ErrorCode", detail: "ErrorMessage" },
] as const;

/**
 * Reads a message of a dead-letter queue. What others have written is made harmless for a terminal: it may hold anything.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function readDeadLetter(message: Message): DeadLetter {
  const { MessageId = "", Attributes = {}, MessageAttributes = {}, Body = "" } = message;
  const said = (name: string): string => harmless(MessageAttributes[name]?.StringValue ?? "");
  const names = REASONS.find(({ reason }) => said(reason) !== "");
  return {
    id: MessageId,
    ...(names
      ? { reason: said(names.reason), detail: said(names.detail) }
      : { reason: "given-up", detail: `received ${Attributes.ApproximateReceiveCount ?? "?"} times` }),
    about: harmless(aboutOf(Body)),
    sentAt: new Date(Number(Attributes.SentTimestamp ?? 0)),
    message,
  };
}

/** One line of printable text: control characters and what turns the direction of text could fake other lines. */
export const harmless = (text: string): string => {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, "?");
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
};

interface EventLike {
  readonly "detail-type"?: unknown;
  readonly detail?: {
    readonly bucket?: { readonly name?: unknown };
    readonly object?: { readonly key?: unknown };
  };
}

/** The object or the kind of event that a body is about; nothing else of it, since it may be confidential. */
function aboutOf(body: string): string {
  let event: EventLike | null;
  try {
    event = JSON.parse(body) as EventLike | null;
  } catch {
    return "(not JSON)";
  }
  const key = event?.detail?.object?.key;
  if (typeof key === "string") return `s3://${String(event?.detail?.bucket?.name)}/${key}`;
  const type = event?.["detail-type"];
  return typeof type === "string" ? type : "(unknown)";
}

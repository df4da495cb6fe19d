import { parse } from "@aws-lambda-powertools/parser";
import * as z from "zod/mini";
import { Refusal } from "./refusal";
import { wrongPaths } from "./wrong-paths";

/** What makes sentinel look: who says it, and where it says to look. What is there, AWS is asked. */
export interface Trigger {
  /** EventBridge's id of the event: the same when it is delivered twice. */
  readonly eventId: string;
  readonly source:
    | "aws.cloudtrail"
    | "aws.ec2"
    | "aws.events"
    | "aws.guardduty"
    | "aws.health"
    | "aws.s3"
    | "aws.securityhub";
  readonly detailType: string;
  /** As sent: nothing of it is checked yet. */
  readonly detail: unknown;
}

/** The largest message, in characters. EventBridge sends at most 256 KB. */
const MAX_LENGTH = 262_144;

/** Which kinds of events each source sends. Only AWS can send as `aws.…`, and the queue takes events of sentinel's rules alone. */
const DETAIL_TYPES: Readonly<Record<Trigger["source"], string>> = {
  "aws.cloudtrail": "AWS API Call via CloudTrail",
  "aws.ec2": "AWS API Call via CloudTrail",
  "aws.s3": "AWS API Call via CloudTrail",
  "aws.events": "Scheduled Event",
  "aws.guardduty": "GuardDuty Finding",
  "aws.health": "AWS Health Event",
  "aws.securityhub": "Security Hub Findings - Imported",
};

/** @see https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
const envelope = z.object({
  id: z.string().check(z.regex(/^[0-9A-Za-z-]{1,64}$/)),
  source: z.enum(Object.keys(DETAIL_TYPES) as [Trigger["source"], ...Trigger["source"][]]),
  "detail-type": z.string(),
  account: z.string().check(z.regex(/^\d{12}$/)),
  detail: z.optional(z.unknown()),
});

/**
 * Reads the body of a queue message as an event that AWS sent for an account.
 *
 * @throws Refusal `too-large`, `invalid-event`, `unknown-event` or `foreign-account`
 */
export function parseTrigger(body: string, account: string): Trigger {
  if (body.length > MAX_LENGTH) throw new Refusal("too-large", `at most ${MAX_LENGTH} characters`);
  const parsed = parse(parseJson(body), undefined, envelope, true);
  if (!parsed.success) throw new Refusal("invalid-event", `not an event of AWS: ${wrongPaths(parsed.error)}`);
  const { id, source, detail, "detail-type": detailType, account: sender } = parsed.data;
  if (detailType !== DETAIL_TYPES[source])
    throw new Refusal("unknown-event", `of ${source}, with another detail type`);
  if (sender !== account) throw new Refusal("foreign-account", "sent for another account");
  return { eventId: id, source, detailType, detail };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal("invalid-event", "the message body is not JSON");
  }
}

import { Fn, Token } from "cdktf";

/** What follows the last slash or colon. */
const LAST_PART = "[^:/]+$";

/**
 * The name of a resource that is given by its name, ARN or URL: metrics know queues, functions and tables by name alone.
 *
 * @example lastPart("arn:aws:sqs:eu-west-1:123456789012:local-intake-documents") // "local-intake-documents"
 */
export const lastPart = (given: string): string =>
  Token.isUnresolved(given)
    ? Token.asString(Fn.regex(LAST_PART, given))
    : (new RegExp(LAST_PART).exec(given)?.[0] ?? given);

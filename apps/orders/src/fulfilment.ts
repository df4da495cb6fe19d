import { parse } from "@aws-lambda-powertools/parser";
import * as z from "zod/mini";
import { eventSource, eventType } from "./event";
import { wrongPaths } from "./wrong-paths";

/** Why a message can't be fulfilled, whenever it is tried. The codes are public: dead letters are keyed by them. */
export type Reason = "invalid-event" | "unknown-order";

/** A message that is refused for good. */
export class Unfulfillable extends Error {
  override readonly name = "Unfulfillable";

  constructor(
    readonly reason: Reason,
    /** For people: printable ASCII, holding nothing of the message. */
    readonly detail: string,
  ) {
    super(`${reason}: ${detail}`);
  }
}

/** Where orders are marked as fulfilled. */
export interface Fulfilments {
  /** Marks an accepted order. Resolves to what it found: an order is marked once. */
  fulfil(orderId: string, fulfilledAt: string): Promise<"fulfilled" | "already" | "unknown">;
}

/** Where refused messages are kept for people. */
export interface DeadLetters {
  send(body: string, refusal: Unfulfillable): Promise<void>;
}

export interface Ports {
  readonly fulfilments: Fulfilments;
  readonly deadLetters: DeadLetters;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What became of one message. */
export type Result = { readonly orderId?: string } & (
  | { readonly outcome: "fulfilled" | "deduplicated" }
  /** Refused for good and dead-lettered: the message is done with. */
  | { readonly outcome: "refused"; readonly refusal: Unfulfillable }
  /** A passing fault: the message should come again. */
  | { readonly outcome: "failed"; readonly error: unknown }
);

/** The part of the event that we rely on. */
const orderAccepted = z.object({
  source: z.literal(eventSource),
  "detail-type": z.literal(eventType),
  detail: z.object({ orderId: z.string().check(z.regex(/^[0-9a-f]{32}$/)) }),
});

/**
 * Reads the body of a queue message as an EventBridge event "Order Accepted".
 * @throws Unfulfillable `invalid-event`
 */
export function parseEvent(body: string): string {
  let event: unknown;
  try {
    event = JSON.parse(body);
  } catch {
    throw new Unfulfillable("invalid-event", "the message body is not JSON");
  }
  const parsed = parse(event, undefined, orderAccepted, true);
  if (parsed.success) return parsed.data.detail.orderId;
  throw new Unfulfillable("invalid-event", `not an event "${eventType}": ${wrongPaths(parsed.error)}`);
}

/** Fulfils the order that a message tells of, once. Never throws: every fault is in the result. */
export async function fulfil(body: string, ports: Ports): Promise<Result> {
  const learnt: { orderId?: string } = {};
  try {
    const orderId = parseEvent(body);
    learnt.orderId = orderId;
    const found = await ports.fulfilments.fulfil(orderId, new Date(ports.now()).toISOString());
    if (found === "unknown") throw new Unfulfillable("unknown-order", "there is no order with this id");
    return { ...learnt, outcome: found === "fulfilled" ? "fulfilled" : "deduplicated" };
  } catch (error) {
    return { ...learnt, ...(await refuseOrFail(error, body, ports.deadLetters)) };
  }
}

async function refuseOrFail(error: unknown, body: string, deadLetters: DeadLetters): Promise<Result> {
  if (!(error instanceof Unfulfillable)) return { outcome: "failed", error };
  try {
    await deadLetters.send(body, error);
    return { outcome: "refused", refusal: error };
  } catch (sendError) {
    return { outcome: "failed", error: sendError };
  }
}

import * as z from "zod/mini";
import { parseJson } from "./json";
import { type Order, parseOrder } from "./order";

/** What the bus is told of an accepted order: what fulfilment needs, and nothing personal. */
export interface OrderAccepted {
  readonly orderId: string;
  /** ISO 8601 in UTC. */
  readonly acceptedAt: string;
  readonly region: string;
  readonly items: Order["items"];
}

/** One event for the bus. */
export interface OutboxEvent {
  readonly detail: OrderAccepted;
  /** The X-Ray trace in which the order was accepted, in the form of the header; the stream would lose it. */
  readonly trace?: string;
}

/** What a stream record asks for. */
export type Planned =
  | { readonly kind: "publish"; readonly event: OutboxEvent }
  /** Not ours to tell: another region's order, a change of status, or no order at all. */
  | { readonly kind: "skip" }
  /** An order that can't be read: trying again can't help. */
  | { readonly kind: "unreadable"; readonly detail: string };

const text = z.object({ S: z.string() });

const rowSchema = z.object({
  id: text,
  acceptedAt: text,
  region: text,
  trace: z.optional(text),
  order: text,
});

/** A record of a table's stream, as far as it matters here. */
export interface StreamRecord {
  readonly eventName?: string | undefined;
  readonly dynamodb?:
    | { readonly Keys?: unknown; readonly NewImage?: unknown; readonly SequenceNumber?: string | undefined }
    | undefined;
}

const keySchema = z.object({ pk: z.object({ S: z.string().check(z.startsWith("order#")) }) });

/**
 * What a stream record asks this region to tell. Each replica's stream shows what was written in any region: the region
 * that accepted an order tells of it.
 */
export function plan({ eventName, dynamodb }: StreamRecord, region: string): Planned {
  if (eventName !== "INSERT" || !keySchema.safeParse(dynamodb?.Keys).success) return { kind: "skip" };
  const parsed = rowSchema.safeParse(dynamodb?.NewImage);
  if (!parsed.success) {
    const paths = parsed.error.issues.map(({ path }) => path.join(".") || "row");
    return { kind: "unreadable", detail: `not an order: ${paths.join(", ")}` };
  }
  const { id, acceptedAt, region: home, trace, order } = parsed.data;
  if (home.S !== region) return { kind: "skip" };
  let items: Order["items"];
  try {
    ({ items } = parseOrder(parseJson(Buffer.from(order.S))));
  } catch {
    return { kind: "unreadable", detail: "not an order: order" };
  }
  const detail: OrderAccepted = { orderId: id.S, acceptedAt: acceptedAt.S, region: home.S, items };
  return { kind: "publish", event: { detail, ...(trace && { trace: trace.S }) } };
}

/** Where events go. */
export interface Bus {
  /** Puts up to ten events. Resolves to whether each was taken, in their order. */
  put(events: readonly OutboxEvent[]): Promise<readonly boolean[]>;
}

/** Where records are kept that can't be told. */
export interface Failures {
  keep(record: StreamRecord, detail: string): Promise<void>;
}

export interface Relayed {
  readonly published: number;
  readonly skipped: number;
  readonly unreadable: number;
  /** The sequence number of the first record that is still to be told, where there is one: Lambda goes on from there. */
  readonly failedAt?: string;
  readonly error?: unknown;
}

/** How many events the bus takes at once. */
const maxEntries = 10;

/**
 * Tells of a batch of records, in their order, and stops at the first that fails: those behind it come again with it. An
 * event may be told twice, never not at all.
 */
export async function relay(
  records: readonly StreamRecord[],
  region: string,
  bus: Bus,
  failures: Failures,
): Promise<Relayed> {
  const done = { published: 0, skipped: 0, unreadable: 0 };
  let waiting: { readonly record: StreamRecord; readonly event: OutboxEvent }[] = [];
  const flush = async (): Promise<StreamRecord | undefined> => {
    const taken = waiting.length === 0 ? [] : await bus.put(waiting.map(({ event }) => event));
    const refused = waiting.find((_, index) => taken[index] !== true);
    // Those behind a refused one count when they come again.
    done.published += refused ? waiting.indexOf(refused) : waiting.length;
    waiting = [];
    return refused?.record;
  };
  let current: StreamRecord | undefined;
  try {
    for (const record of records) {
      const planned = plan(record, region);
      if (planned.kind === "skip") done.skipped += 1;
      if (planned.kind === "publish") waiting.push({ record, event: planned.event });
      const pause =
        planned.kind === "unreadable" || waiting.length === maxEntries || record === records.at(-1);
      if (!pause) continue;
      current = waiting[0]?.record;
      const refused = await flush();
      if (refused) return { ...done, ...stoppedAt(refused), error: new Error("the bus refused an event") };
      if (planned.kind !== "unreadable") continue;
      current = record;
      await failures.keep(record, planned.detail);
      done.unreadable += 1;
    }
    return done;
  } catch (error) {
    return { ...done, ...stoppedAt(current), error };
  }
}

/** An empty sequence number fails the whole batch, which is right where a record has none. */
const stoppedAt = (record: StreamRecord | undefined): { readonly failedAt: string } => ({
  failedAt: record?.dynamodb?.SequenceNumber ?? "",
});

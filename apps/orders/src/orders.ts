import { Refusal } from "./refusal";
import { type Order } from "./order";

/** What became of an order so far. */
export type Status = "accepted" | "fulfilled";

/** An order as it is kept. */
export interface OrderRow {
  readonly id: string;
  /** The subject of the customer's token. */
  readonly customer: string;
  readonly status: Status;
  /** ISO 8601 in UTC. */
  readonly acceptedAt: string;
  /** The region that took it: its outbox, and no other's, tells of it. */
  readonly region: string;
  /** Tells a repeated request from another one with the same key. */
  readonly digest: string;
  readonly order: Order;
}

/** What is remembered of an accepted order under its idempotency key: nothing personal. */
export type Receipt = Pick<OrderRow, "id" | "acceptedAt" | "digest" | "status">;

/** Where orders are kept. */
export interface Orders {
  /** Keeps an order unless there is one with its id. Resolves to the one that is there, and whether it is new. */
  accept(row: OrderRow): Promise<{ readonly receipt: Receipt; readonly created: boolean }>;
  find(id: string): Promise<OrderRow | undefined>;
}

/**
 * Accepts an order once for each customer and idempotency key.
 * @throws Refusal `key-reused` when the key has been used for another order
 */
export async function place(
  row: OrderRow,
  orders: Pick<Orders, "accept">,
): Promise<{ readonly receipt: Receipt; readonly created: boolean }> {
  const placed = await orders.accept(row);
  if (placed.receipt.digest !== row.digest) {
    throw new Refusal("key-reused", "this Idempotency-Key was used for another order");
  }
  return placed;
}

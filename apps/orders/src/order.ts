import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { Refusal } from "./refusal";

/** What an order may hold. */
export const limits = { items: 50, quantity: 1000, name: 100, street: 200, postcode: 20, note: 500 } as const;

/** Control characters, lone surrogates, line separators, and what turns the direction of text around to deceive. */
const HIDDEN = "\\p{Cc}\\p{Cs}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069";

/** One line of text, trimmed and in Unicode's composed form, so that what looks alike is alike. */
const line = (max: number) => {
  const error = `must be 1 to ${max} characters of text on one line`;
  return z
    .string(error)
    .check(
      z.maxLength(max * 4, error),
      z.normalize("NFC"),
      z.trim(),
      z.minLength(1, error),
      z.maxLength(max, error),
      z.regex(new RegExp(`^[^${HIDDEN}]*$`, "u"), error),
    );
};

const itemSchema = z.strictObject(
  {
    sku: z.string("must be text").check(z.regex(/^[A-Z0-9][A-Z0-9-]{0,31}$/, "must be an article number")),
    quantity: z
      .int("must be a whole number")
      .check(
        z.minimum(1, "must be at least 1"),
        z.maximum(limits.quantity, `must be at most ${limits.quantity}`),
      ),
  },
  "must be an object",
);

const orderSchema = z.strictObject(
  {
    items: z
      .array(itemSchema, "must be a list")
      .check(
        z.minLength(1, "must hold an item"),
        z.maxLength(limits.items, `must hold at most ${limits.items} items`),
      ),
    shipTo: z.strictObject(
      {
        name: line(limits.name),
        street: line(limits.street),
        postcode: line(limits.postcode),
        city: line(limits.name),
        country: z.string("must be text").check(z.regex(/^[A-Z]{2}$/, "must be two capital letters")),
      },
      "must be an object",
    ),
    note: z.exactOptional(line(limits.note)),
  },
  "must be an object",
);

/** What a client orders. `shipTo` and `note` are personal data: they are stored, and never logged or sent on. */
export type Order = z.infer<typeof orderSchema>;

const known = ["items", "shipTo", "note", "sku", "quantity", "name", "street", "postcode", "city", "country"];

/**
 * Reads an order.
 * @throws Refusal `invalid-order` that names the places, never the values
 */
export function parseOrder(candidate: unknown): Order {
  const result = orderSchema.safeParse(candidate);
  if (result.success) return result.data;
  const details = result.error.issues.map((issue) => {
    // An issue's path has only names of ours and indexes: what the client made up is in `keys`, and is counted.
    const where = issue.path.map(String).join(".") || "order";
    return issue.code === "unrecognized_keys"
      ? `${where} has ${issue.keys.length} unknown; known are ${known.join(", ")}`
      : `${where} ${issue.message}`;
  });
  throw new Refusal("invalid-order", details.join("; "));
}

/** A digest of an order, alike for two that say the same: it tells a repeated request from another one. */
export const digestOf = ({ items, shipTo, note }: Order): string =>
  createHash("sha256")
    .update(
      JSON.stringify([
        items.map(({ sku, quantity }) => [sku, quantity]),
        [shipTo.name, shipTo.street, shipTo.postcode, shipTo.city, shipTo.country],
        note ?? null,
      ]),
    )
    .digest("hex");

const idempotencyKeyPattern = /^[A-Za-z0-9._:-]{8,128}$/;

/** @throws Refusal `invalid-idempotency-key` */
export function parseIdempotencyKey(given: string | undefined): string {
  if (given !== undefined && idempotencyKeyPattern.test(given)) return given;
  throw new Refusal(
    "invalid-idempotency-key",
    "the header Idempotency-Key must be 8 to 128 letters, digits, dots, colons, hyphens or underscores",
  );
}

/**
 * The id of an order: the same for the same customer and key in any region, so that one row is all that can become of a
 * repeated request. 32 hexadecimal digits.
 */
export const orderId = (customer: string, idempotencyKey: string): string =>
  createHash("sha256")
    .update(JSON.stringify([customer, idempotencyKey]))
    .digest("hex")
    .slice(0, 32);

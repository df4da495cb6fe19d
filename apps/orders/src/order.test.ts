import fc from "fast-check";
import { digestOf, limits, orderId, type Order, parseIdempotencyKey, parseOrder } from "./order";
import { Refusal } from "./refusal";
import { goodOrder } from "./testing/samples";

const refusalOf = (work: () => unknown): Refusal => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};
const withName = (name: unknown) => ({ ...goodOrder, shipTo: { ...goodOrder.shipTo, name } });

/** Orders as clients may write them. */
const text = (max: number) =>
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength: max })
    .map((value) => value.normalize("NFC").trim())
    .filter((value) => value.length > 0 && value.length <= max)
    .filter((value) => !/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(value));
const anyOrder: fc.Arbitrary<Order> = fc.record(
  {
    items: fc.array(
      fc.record({
        sku: fc.stringMatching(/^[A-Z0-9][A-Z0-9-]{0,31}$/),
        quantity: fc.integer({ min: 1, max: limits.quantity }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    shipTo: fc.record({
      name: text(40),
      street: text(40),
      postcode: text(10),
      city: text(40),
      country: fc.stringMatching(/^[A-Z]{2}$/),
    }),
    note: text(40),
  },
  { requiredKeys: ["items", "shipTo"] },
);

describe("parseOrder", () => {
  it("takes any order within the limits, and gives it back as it is", () => {
    fc.assert(fc.property(anyOrder, (order) => expect(parseOrder(order)).toEqual(order)));
  });

  it("takes nothing else, and never throws anything but a refusal that fits a log line", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (value) => {
        const { reason, detail } = refusalOf(() => parseOrder(value));
        expect(reason).toBe("invalid-order");
        expect(detail).toMatch(/^[\x20-\x7e]{1,256}$/);
      }),
    );
  });

  const bad: [string, unknown, RegExp][] = [
    ["no items", { ...goodOrder, items: [] }, /^items must hold an item$/],
    ["too many items", { ...goodOrder, items: Array(51).fill(goodOrder.items[0]) }, /at most 50 items/],
    [
      "a quantity of none",
      { ...goodOrder, items: [{ sku: "A", quantity: 0 }] },
      /items.0.quantity must be at/,
    ],
    ["half an article", { ...goodOrder, items: [{ sku: "A", quantity: 0.5 }] }, /whole number/],
    ["endless articles", { ...goodOrder, items: [{ sku: "A", quantity: 1e21 }] }, /items.0.quantity/],
    ["a path for an article", { ...goodOrder, items: [{ sku: "../A", quantity: 1 }] }, /article number/],
    ["a field of its own", { ...goodOrder, price: 0 }, /^order has 1 unknown; known are items/],
    ["a prototype", JSON.parse('{"__proto__": {"items": []}}'), /order|items/],
    ["a name of two lines", withName("Ada\nlevel=ERROR"), /^shipTo.name must be 1 to 100 characters/],
    ["a name that turns text around", withName("Ada \u202egnp.exe"), /^shipTo.name/],
    ["half a character for a name", withName("\ud800"), /^shipTo.name/],
    ["a name that is too long", withName("a".repeat(101)), /^shipTo.name/],
    ["a name that is no text", withName({ $gt: "" }), /^shipTo.name/],
  ];
  it.each(bad)("refuses %s", (_, value, detail) => {
    expect(refusalOf(() => parseOrder(value)).detail).toMatch(detail);
  });

  it("takes names in any script, composed as one", () => {
    expect(parseOrder(withName("  Zoe\u0308 和子 نورا 👩‍🚀 ")).shipTo.name).toBe("Zoë 和子 نورا 👩‍🚀");
  });

  it("quotes nothing of the order in its refusal", () => {
    const secret = "S3cret";
    const order = { ...withName(`${secret}\n`.repeat(200)), [secret]: secret };
    expect(refusalOf(() => parseOrder(order)).message).not.toContain(secret);
  });
});

describe("digestOf", () => {
  it("is the same for the same order, whatever the order of its fields", () => {
    const { note, shipTo, items } = goodOrder;
    expect(digestOf({ ...(note && { note }), shipTo, items })).toBe(digestOf(goodOrder));
  });

  it("differs where the order does", () => {
    fc.assert(
      fc.property(anyOrder, anyOrder, (a, b) => {
        expect(digestOf(a) === digestOf(b)).toBe(
          JSON.stringify(parseOrder(a)) === JSON.stringify(parseOrder(b)),
        );
      }),
    );
  });
});

describe("orderId", () => {
  it("is one for a customer and key, and none that another customer or key could have", () => {
    const pair = fc.tuple(fc.string(), fc.string());
    fc.assert(
      fc.property(pair, pair, (a, b) => {
        expect(orderId(...a)).toMatch(/^[0-9a-f]{32}$/);
        expect(orderId(...a) === orderId(...b)).toBe(a[0] === b[0] && a[1] === b[1]);
      }),
    );
    expect(orderId("a", "b,c")).not.toBe(orderId("a,b", "c"));
  });
});

describe("parseIdempotencyKey", () => {
  it.each(["8e03978e-40d5-43e8-bc93-6894a57f9324", "order:2026.02_1"])("takes %s", (key) => {
    expect(parseIdempotencyKey(key)).toBe(key);
  });

  it.each([undefined, "", "short", "a".repeat(129), "key\nwith-a-line", "schlüssel-1", "key with spaces"])(
    "refuses %j",
    (key) => {
      expect(refusalOf(() => parseIdempotencyKey(key)).reason).toBe("invalid-idempotency-key");
    },
  );
});

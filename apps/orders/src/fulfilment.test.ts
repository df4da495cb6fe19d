import fc from "fast-check";
import { fulfil, type Ports, type Unfulfillable } from "./fulfilment";
import { goodRow, orderAccepted } from "./testing/samples";

const dead: { body: string; refusal: Unfulfillable }[] = [];
const ports = (found: "fulfilled" | "already" | "unknown" | Error, queue?: Error): Ports => ({
  fulfilments: { fulfil: () => (found instanceof Error ? Promise.reject(found) : Promise.resolve(found)) },
  deadLetters: {
    send: (body, refusal) => {
      if (queue) return Promise.reject(queue);
      dead.push({ body, refusal });
      return Promise.resolve();
    },
  },
  now: () => 1_780_000_000_000,
});
const body = orderAccepted(goodRow.id);

beforeEach(() => void (dead.length = 0));

describe("fulfil", () => {
  it.each([
    ["fulfilled", "fulfilled"],
    ["already", "deduplicated"],
  ] as const)("an order that is found %s ends as %s", async (found, outcome) => {
    expect(await fulfil(body, ports(found))).toEqual({ orderId: goodRow.id, outcome });
    expect(dead).toEqual([]);
  });

  it("dead-letters an order that is not there, with the reason", async () => {
    expect(await fulfil(body, ports("unknown"))).toMatchObject({ outcome: "refused", orderId: goodRow.id });
    expect(dead).toMatchObject([{ body, refusal: { reason: "unknown-order" } }]);
  });

  it("dead-letters whatever is no event of ours, without quoting it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        const result = await fulfil(text, ports("fulfilled"));
        expect(result).toMatchObject({ outcome: "refused", refusal: { reason: "invalid-event" } });
      }),
    );
    expect(dead.length).toBeGreaterThan(0);
  });

  it.each([
    ["another source", body.replace("landfall.orders", "aws.s3")],
    ["another type", body.replace("Order Accepted", "Order Cancelled")],
    ["an id that is a path", orderAccepted("../../etc/passwd")],
  ])("refuses an event with %s", async (_, other) => {
    expect(await fulfil(other, ports("fulfilled"))).toMatchObject({ outcome: "refused" });
  });

  it("fails on a passing fault, so that the message comes again", async () => {
    const error = new Error("throttled");
    expect(await fulfil(body, ports(error))).toEqual({ outcome: "failed", orderId: goodRow.id, error });
  });

  it("fails when it can't dead-letter", async () => {
    const error = new Error("no queue");
    expect(await fulfil("{", ports("fulfilled", error))).toEqual({ outcome: "failed", error });
  });
});

import { toItem } from "./aws/dynamodb-orders";
import { useHarness } from "./testing/harness";
import { goodOrder, goodRow, lambdaContext, orderAccepted, sqsEvent, streamRecord } from "./testing/samples";

const harness = useHarness();
const item = (id: string) => toItem({ ...goodRow, id }, "Root=1-5759e988-000000000000000000000001");
/** The same as a stream shows it. */
const image = (id: string) => item(id) as NonNullable<Parameters<typeof streamRecord>[1]>;
const id = (digit: string) => digit.repeat(32);

describe("the outbox", () => {
  const relay = async (...records: ReturnType<typeof streamRecord>[]) => {
    const { handler } = await import("./outbox.function");
    const { batchItemFailures } = await handler({ Records: records }, lambdaContext("orders-outbox"));
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };

  it("tells the bus of each accepted order, in the trace in which it was accepted", async () => {
    expect(await relay(streamRecord("1", image(id("a"))), streamRecord("2", image(id("b"))))).toEqual([]);
    expect(harness.aws.bus.map(({ Detail }) => JSON.parse(Detail) as unknown)).toMatchObject([
      { orderId: id("a"), items: goodOrder.items },
      { orderId: id("b") },
    ]);
    expect(harness.aws.bus[0]).toMatchObject({
      Source: "landfall.orders",
      DetailType: "Order Accepted",
      TraceHeader: "Root=1-5759e988-000000000000000000000001",
    });
    expect(harness.lines()).toContainEqual(expect.objectContaining({ OrdersPublished: 2 }));
  });

  it("goes on where the bus failed", async () => {
    harness.aws.faults.push({ operation: "PutEvents", about: "", code: "InternalFailure" });
    expect(await relay(streamRecord("1", image(id("a"))))).toEqual(["1"]);
    expect(harness.outcomes()).toMatchObject([{ outcome: "failed", failedAt: "1", level: "ERROR" }]);
  });

  it("keeps word of an order that can't be read, and nothing of what is in it", async () => {
    const broken = { ...image(id("a")), order: { S: '{"name": "Ada' } };
    expect(await relay(streamRecord("1", broken), streamRecord("2", image(id("b"))))).toEqual([]);
    expect(harness.aws.messages).toMatchObject([{ reason: "unreadable-order" }]);
    expect(JSON.parse(harness.aws.messages[0]?.body ?? "")).toMatchObject({
      Keys: { pk: { S: `order#${id("a")}` } },
      SequenceNumber: "1",
    });
    expect(JSON.stringify([harness.aws.messages, harness.lines()])).not.toContain("Ada");
    expect(harness.aws.bus).toHaveLength(1);
  });
});

describe("the fulfilment", () => {
  const fulfil = async (bodies: Readonly<Record<string, string>>) => {
    const { handler } = await import("./fulfilment.function");
    const { batchItemFailures } = await handler(sqsEvent(bodies), lambdaContext("orders-fulfilment"));
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  const orders = () => harness.aws.table("orders");
  beforeEach(() => {
    for (const digit of ["a", "b"]) orders().set(`order#${id(digit)}`, item(id(digit)));
  });

  it("marks each order once, however often it is told", async () => {
    expect(await fulfil({ one: orderAccepted(id("a")), two: orderAccepted(id("a")) })).toEqual([]);
    expect(orders().get(`order#${id("a")}`)).toMatchObject({
      status: { S: "fulfilled" },
      fulfilledAt: { S: expect.stringMatching(/Z$/) },
    });
    const outcomes = harness.outcomes().map(({ outcome }) => outcome);
    expect(outcomes.sort()).toEqual(["deduplicated", "fulfilled"]);
  });

  it("dead-letters what is no order, and the rest of the batch goes on", async () => {
    const bodies = { none: "{", unknown: orderAccepted(id("c")), good: orderAccepted(id("b")) };
    expect(await fulfil(bodies)).toEqual([]);
    expect(harness.aws.messages.map(({ reason }) => reason).sort()).toEqual([
      "invalid-event",
      "unknown-order",
    ]);
    expect(orders().get(`order#${id("b")}`)).toMatchObject({ status: { S: "fulfilled" } });
  });

  it("lets only the message that failed come again", async () => {
    harness.aws.faults.push({ operation: "UpdateItem", about: id("a"), code: "ThrottlingException" });
    expect(await fulfil({ bad: orderAccepted(id("a")), good: orderAccepted(id("b")) })).toEqual(["bad"]);
    expect(
      harness
        .outcomes()
        .map(({ outcome }) => outcome)
        .sort(),
    ).toEqual(["failed", "fulfilled"]);
  });
});

import fc from "fast-check";
import { toItem } from "./aws/dynamodb-orders";
import { type Bus, type Failures, type OutboxEvent, plan, relay, type StreamRecord } from "./outbox";
import { goodOrder, goodRow, region, streamRecord } from "./testing/samples";

const item = toItem(goodRow, "Root=1-5759e988-000000000000000000000001");
const image = item as NonNullable<Parameters<typeof streamRecord>[1]>;

describe("plan", () => {
  it("tells of a new order what fulfilment needs, in the trace that it was accepted in", () => {
    expect(plan(streamRecord("1", image), region)).toEqual({
      kind: "publish",
      event: {
        trace: "Root=1-5759e988-000000000000000000000001",
        detail: {
          orderId: goodRow.id,
          acceptedAt: goodRow.acceptedAt,
          region,
          items: goodOrder.items,
        },
      },
    });
  });

  it("tells nothing personal", () => {
    const told = JSON.stringify(plan(streamRecord("1", image), region));
    for (const personal of ["Ada", "James", "Ring", "customer"]) expect(told).not.toContain(personal);
  });

  it.each<[string, StreamRecord]>([
    ["a change of status", streamRecord("1", image, "MODIFY")],
    ["a removal", streamRecord("1", undefined, "REMOVE")],
    ["an order that the other region took", streamRecord("1", { ...image, region: { S: "eu-central-1" } })],
    ["the probe of a health check", streamRecord("1", { pk: { S: "health#eu-west-1" } })],
    ["nothing", {}],
  ])("leaves alone %s", (_, record) => {
    expect(plan(record, region)).toEqual({ kind: "skip" });
  });

  it.each([
    ["without an id", { ...image, id: { N: "1" } }],
    ["that is no JSON", { ...image, order: { S: "{" } }],
    ["that is no order", { ...image, order: { S: "{}" } }],
  ])("gives up on a row %s, without quoting it", (_, row) => {
    const planned = plan(streamRecord("1", row as typeof image), region);
    expect(planned).toMatchObject({
      kind: "unreadable",
      detail: expect.stringMatching(/^not an order: [\w., ]+$/),
    });
  });
});

/** A bus that refuses or breaks at given orders, and remembers what it took. */
class FakeBus implements Bus, Failures {
  readonly taken: string[] = [];
  readonly kept: string[] = [];
  readonly sizes: number[] = [];
  refuses = new Set<string>();
  breaks = false;

  put(events: readonly OutboxEvent[]): Promise<readonly boolean[]> {
    this.sizes.push(events.length);
    if (this.breaks) return Promise.reject(new Error("unreachable"));
    return Promise.resolve(
      events.map(({ detail: { orderId } }) => {
        if (this.refuses.has(orderId)) return false;
        this.taken.push(orderId);
        return true;
      }),
    );
  }

  keep(record: StreamRecord): Promise<void> {
    if (this.breaks) return Promise.reject(new Error("unreachable"));
    this.kept.push(record.dynamodb?.SequenceNumber ?? "");
    return Promise.resolve();
  }
}

const order = (id: string) => streamRecord(id, { ...image, id: { S: id } });
const broken = (id: string) => streamRecord(id, { ...image, order: { S: "{" } });

describe("relay", () => {
  it("puts up to ten events at once", async () => {
    const bus = new FakeBus();
    const records = Array.from({ length: 23 }, (_, index) => order(`o${index}`));
    expect(await relay(records, region, bus, bus)).toEqual({ published: 23, skipped: 0, unreadable: 0 });
    expect(bus.sizes).toEqual([10, 10, 3]);
  });

  it("stops at the first event that is refused", async () => {
    const bus = new FakeBus();
    bus.refuses = new Set(["b"]);
    const { published, failedAt } = await relay([order("a"), order("b"), order("c")], region, bus, bus);
    expect({ published, failedAt }).toEqual({ published: 1, failedAt: "b" });
  });

  it("keeps what can't be read, and goes on", async () => {
    const bus = new FakeBus();
    const records = [order("a"), broken("b"), order("c")];
    expect(await relay(records, region, bus, bus)).toEqual({ published: 2, skipped: 0, unreadable: 1 });
    expect([bus.taken, bus.kept]).toEqual([["a", "c"], ["b"]]);
  });

  it("stops at what can't even be kept", async () => {
    const bus = new FakeBus();
    bus.breaks = true;
    expect(await relay([broken("b")], region, bus, bus)).toMatchObject({ failedAt: "b", unreadable: 0 });
  });

  it("starts at the first event again when the bus is out of reach", async () => {
    const bus = new FakeBus();
    bus.breaks = true;
    const records = [streamRecord("0", image, "MODIFY"), order("a"), order("b")];
    expect(await relay(records, region, bus, bus)).toMatchObject({ published: 0, failedAt: "a" });
  });

  it("does nothing for no records", async () => {
    const bus = new FakeBus();
    expect(await relay([], region, bus, bus)).toEqual({ published: 0, skipped: 0, unreadable: 0 });
  });

  it("loses nothing, whatever fails, when Lambda goes on where it stopped", async () => {
    const kinds = fc.array(fc.constantFrom("order", "broken", "skip"), { maxLength: 30 });
    const faults = fc.infiniteStream(fc.constantFrom("none", "refuse", "break"));
    await fc.assert(
      fc.asyncProperty(kinds, faults, async (batch, faultsToCome) => {
        const bus = new FakeBus();
        const records = batch.map((kind, index) => {
          if (kind === "skip") return streamRecord(`${index}`, image, "MODIFY");
          return kind === "order" ? order(`${index}`) : broken(`${index}`);
        });
        let rest: readonly StreamRecord[] = records;
        for (let tries = 0; rest.length > 0; tries++) {
          const fault = tries < 20 ? faultsToCome.next().value : "none";
          bus.breaks = fault === "break";
          bus.refuses = new Set(fault === "refuse" ? [rest.at(-1)?.dynamodb?.SequenceNumber ?? ""] : []);
          const { failedAt } = await relay(rest, region, bus, bus);
          const from = rest.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === failedAt);
          rest = failedAt === undefined ? [] : rest.slice(Math.max(from, 0));
        }
        const wanted = (kind: string) =>
          batch.flatMap((each, index) => (each === kind ? [`${index}`] : [])).sort();
        expect([...new Set(bus.taken)].sort()).toEqual(wanted("order"));
        expect([...new Set(bus.kept)].sort()).toEqual(wanted("broken"));
      }),
      { numRuns: 200 },
    );
  });
});

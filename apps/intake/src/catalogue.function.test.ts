import { maxDocumentBytes, useHarness } from "./testing/harness";
import { announce, goodCsv, goodJson } from "./testing/samples";

const harness = useHarness();

/** Marks all idempotency records as held by an execution, until `until` in milliseconds since the epoch. */
function holdIdempotencyRecords(until: number): void {
  const table = harness.aws.table("idempotency");
  for (const [id, record] of table) {
    table.set(id, { ...record, status: { S: "INPROGRESS" }, in_progress_expiration: { N: String(until) } });
  }
}

describe("handler", () => {
  it("reports exactly the failed records of a mixed batch", async () => {
    harness.fail("GetObject", "slow.json", "SlowDown");
    harness.fail("PutItem", "throttled.json", "ThrottlingException");

    const failures = await harness.handle({
      good: harness.upload("a.json", goodJson),
      slow: harness.upload("slow.json", goodJson),
      poison: harness.upload("bad.json", "{"),
      throttled: harness.upload("throttled.json", goodJson.replace("tides", "winds")),
      rows: harness.upload("b.csv", goodCsv),
      gone: announce({ key: "gone.json" }),
    });

    expect(failures).toEqual(["slow", "throttled"]);
    expect(harness.outcomes()).toEqual({
      good: "catalogued",
      slow: "failed",
      poison: "refused",
      throttled: "failed",
      rows: "catalogued",
      gone: "refused",
    });
    expect(harness.aws.table("catalogue").size).toBe(2);
    expect(harness.aws.deadLetters.map(({ attributes }) => attributes.reason)).toEqual([
      "malformed-json",
      "object-missing",
    ]);
  });

  it("reports every record when all fail, instead of throwing", async () => {
    harness.fail("GetObject", "", "AccessDenied");

    expect(await harness.handle({ one: announce(), two: announce() })).toEqual(["one", "two"]);
  });

  it("dead-letters a refused record with its reason, body unchanged", async () => {
    const body = harness.upload("a.json", goodJson.replace("author", "writer"));

    const failures = await harness.handle({ poison: body });

    expect(failures).toEqual([]);
    const detail = "entry 1: 1 unknown; known are title, author, issued, tags, summary";
    expect(harness.aws.deadLetters).toEqual([
      expect.objectContaining({
        body,
        attributes: { reason: "unknown-field", detail, quarantine: expect.any(String) },
      }),
    ]);
  });

  it("moves a refused object out of the way of good ones, where its dead letter says", async () => {
    await harness.handle({
      poison: harness.upload("bad.json", "{"),
      good: harness.upload("a.json", goodJson),
    });

    const [letter] = harness.aws.deadLetters;
    expect(letter?.attributes.quarantine).toMatch(/^quarantine\/malformed-json\/[0-9a-f]{64}$/);
    expect([...harness.aws.objects.keys()].sort()).toEqual([
      "inbox/a.json",
      `inbox/${letter?.attributes.quarantine}`,
    ]);
  });

  it("keeps one copy and one dead letter of a record that was refused and cut short", async () => {
    harness.aws.objects.set("inbox/bad.json?v1", Buffer.from("{"));
    const body = announce({ key: "bad.json", versionId: "v1", size: 1 });
    harness.fail("SendMessage", "", "ServiceUnavailable");
    expect(await harness.handle({ poison: body })).toEqual(["poison"]);

    harness.aws.faults.length = 0;
    expect(await harness.handle({ poison: body })).toEqual([]);

    const copies = [...harness.aws.objects.keys()].filter((key) => key.startsWith("inbox/quarantine/"));
    expect(copies).toEqual([`inbox/${harness.aws.deadLetters[0]?.attributes.quarantine}`]);
    expect(harness.aws.deadLetters).toHaveLength(1);
  });

  it.each(["CopyObject", "DeleteObject"] as const)(
    "fails a refused record without a dead letter when its object can't be moved: %s",
    async (operation) => {
      harness.fail(operation, "", "SlowDown");

      expect(await harness.handle({ poison: harness.upload("bad.json", "{") })).toEqual(["poison"]);

      expect(harness.aws.deadLetters).toEqual([]);
    },
  );

  it("does nothing about the copy in quarantine, which announces itself", async () => {
    expect(await harness.handle({ copy: harness.upload("quarantine/malformed-json/0f", "{") })).toEqual([]);

    expect(harness.outcomes()).toEqual({ copy: "ignored" });
    expect(harness.aws.deadLetters).toEqual([]);
  });

  it("reports what it has no time for, instead of timing out with what is done", async () => {
    const left = [30_000, 6_000];

    const failures = await harness.handle(
      {
        done: harness.upload("a.json", goodJson),
        late: harness.upload("b.csv", goodCsv),
        later: harness.upload("bad.json", "{"),
      },
      { remaining: () => left.shift() ?? 500 },
    );

    expect(failures).toEqual(["late", "later"]);
    expect(harness.aws.table("catalogue").size).toBe(1);
    expect(harness.recordLines().at(-1)).toMatchObject({ error: { name: "DeadlinePassed" } });
  });

  it("fails a refused record that can't be dead-lettered", async () => {
    harness.fail("SendMessage", "bad.json", "AWS.SimpleQueueService.NonExistentQueue");

    const failures = await harness.handle({
      poison: harness.upload("bad.json", "{"),
      good: harness.upload("a.json", goodJson),
    });

    expect(failures).toEqual(["poison"]);
  });

  it.each([
    ["twice in one batch", async (body: string) => void (await harness.handle({ one: body, two: body }))],
    [
      "in two batches",
      async (body: string) => {
        await harness.handle({ one: body });
        await harness.handle({ two: body });
      },
    ],
    [
      "under another key",
      async (body: string) =>
        void (await harness.handle({ one: body, two: harness.upload("copy.json", goodJson) })),
    ],
    [
      "after its idempotency record has expired",
      async (body: string) => {
        await harness.handle({ one: body });
        harness.aws.table("idempotency").clear();
        await harness.handle({ two: body });
      },
    ],
  ])("catalogues content once that arrives %s", async (_name, act) => {
    await act(harness.upload("a.json", goodJson));

    expect(harness.outcomes()).toEqual({ one: "catalogued", two: "deduplicated" });
    expect([...harness.aws.table("catalogue").values()]).toEqual([
      expect.objectContaining({ key: { S: "a.json" } }),
    ]);
  });

  it("fails a copy while another execution is cataloguing the content", async () => {
    const body = harness.upload("a.json", goodJson);
    await harness.handle({ one: body });
    holdIdempotencyRecords(Date.now() + 60_000);

    expect(await harness.handle({ two: body })).toEqual(["two"]);
  });

  it("takes a record again after a failed write", async () => {
    const body = harness.upload("a.json", goodJson);
    harness.fail("PutItem", '"TableName":"catalogue"', "ThrottlingException");
    expect(await harness.handle({ one: body })).toEqual(["one"]);

    harness.aws.faults.length = 0;
    expect(await harness.handle({ one: body })).toEqual([]);

    expect(harness.aws.table("catalogue").size).toBe(1);
  });

  it("keeps one row when it dies between the write and its idempotency record", async () => {
    const body = harness.upload("a.json", goodJson);
    harness.fail("UpdateItem", "", "ThrottlingException");
    expect(await harness.handle({ one: body })).toEqual(["one"]);

    harness.aws.faults.length = 0;
    holdIdempotencyRecords(Date.now() - 1);
    expect(await harness.handle({ one: body })).toEqual([]);

    expect(harness.aws.table("catalogue").size).toBe(1);
  });

  it("knows a copy under another key without touching the catalogue", async () => {
    await harness.handle({ one: harness.upload("a.json", goodJson) });
    harness.aws.table("catalogue").clear();

    await harness.handle({ two: harness.upload("copy.json", goodJson) });

    expect(harness.outcomes()).toEqual({ one: "catalogued", two: "deduplicated" });
    expect(harness.aws.table("catalogue").size).toBe(0);
  });

  it("holds content until the function would time out, and remembers it for a day", async () => {
    await harness.handle({ one: harness.upload("a.json", goodJson) });

    const [record] = harness.aws.table("idempotency").values();
    const now = Date.now() / 1000;
    expect(Number(record?.in_progress_expiration?.N) / 1000 - now).toBeCloseTo(30, -1);
    expect(Number(record?.expiration?.N) - now).toBeCloseTo(24 * 60 * 60, -1);
  });

  it("reads the version that was announced", async () => {
    harness.aws.objects.set("inbox/a.json", Buffer.from("{"));
    harness.aws.objects.set("inbox/a.json?v1", Buffer.from(goodJson));

    await harness.handle({
      one: announce({ key: "a.json", versionId: "v1" }),
      two: announce({ key: "a.json", versionId: "v2" }),
    });

    expect(harness.recordLines()).toEqual([
      expect.objectContaining({ outcome: "catalogued", versionId: "v1" }),
      expect.objectContaining({ outcome: "refused", versionId: "v2", reason: "object-missing" }),
    ]);
  });

  it("reads keys that need escaping", async () => {
    await harness.handle({ one: harness.upload("a b/50%25+é?.json", goodJson) });

    expect(harness.outcomes()).toEqual({ one: "catalogued" });
  });

  it("reads at most one byte over the limit, whatever the event says", async () => {
    harness.upload("large.json", goodJson.padEnd(10 * maxDocumentBytes));

    await harness.handle({ one: announce({ key: "large.json", size: 1 }) });

    expect(harness.recordLines()).toEqual([expect.objectContaining({ reason: "too-large" })]);
    expect(harness.aws.mostBytesRead).toBe(maxDocumentBytes + 1);
  });

  it("refuses an empty object", async () => {
    await harness.handle({ one: harness.upload("empty.json", "") });

    expect(harness.recordLines()).toEqual([expect.objectContaining({ reason: "empty-document" })]);
  });
});

import fc from "fast-check";
import { toItem } from "./aws/dynamodb-catalogue";
import { takeIn, type CatalogueRow, type Ports } from "./catalogue";
import { limits, parseDocument } from "./document";
import { Refusal } from "./refusal";
import { announce, goodCsv, goodJson } from "./testing/samples";

const maxBytes = 1000;

/** Ports in memory; `contents` are the objects by key. */
function memoryPorts(contents: Readonly<Record<string, string>>) {
  const rows = new Map<string, CatalogueRow>();
  const deadLetters: { body: string; reason: string; quarantined?: string }[] = [];
  const reads: number[] = [];
  const ports: Ports = {
    uploads: {
      read: async ({ key }, limit) => {
        reads.push(limit);
        const content = contents[key];
        if (content === undefined) throw new Refusal("object-missing", "gone");
        return Buffer.from(content).subarray(0, limit);
      },
    },
    catalogue: {
      add: async (row) => {
        if (rows.has(row.digest)) return false;
        rows.set(row.digest, row);
        return true;
      },
    },
    quarantine: {
      holds: ({ key }) => key.startsWith("quarantine/"),
      take: async ({ key }, reason) => (key in contents ? `quarantine/${reason}/${key}` : undefined),
    },
    deadLetters: {
      send: async (body, { reason }, quarantined) => {
        deadLetters.push({ body, reason, ...(quarantined !== undefined && { quarantined }) });
      },
    },
    inTime: (work) => work(),
  };
  return { ports, rows, deadLetters, reads };
}

describe("takeIn", () => {
  it("catalogues a document with where it came from, without its summary", async () => {
    const { ports, rows } = memoryPorts({ "a.json": goodJson });

    const result = await takeIn(announce({ key: "a.json", versionId: "v1" }), ports, maxBytes);

    const digest = "80511fd471b5dba63ccb12bc01a03d7fd119d233a738abc85f6b794b2ceb4cdf";
    expect(result).toMatchObject({ outcome: "catalogued", digest, bytes: goodJson.length });
    expect([...rows.values()]).toEqual([
      {
        digest,
        format: "json",
        upload: { bucket: "inbox", key: "a.json", versionId: "v1", size: 100 },
        bytes: goodJson.length,
        entries: [{ title: "On tides", author: "M. Lyell", issued: "2026-01-31", tags: ["sea", "moon"] }],
      },
    ]);
  });

  it.each([
    ["a wrong event", "{}", "invalid-event"],
    ["an unsupported name", announce({ key: "a.pdf" }), "unsupported-type"],
    ["an announced size over the limit", announce({ key: "a.json", size: maxBytes + 1 }), "too-large"],
    ["a real size over the limit", announce({ key: "large.json", size: 1 }), "too-large"],
    ["a missing object", announce({ key: "gone.json" }), "object-missing"],
    ["a malformed document", announce({ key: "bad.json" }), "malformed-json"],
  ])("dead-letters %s, body unchanged", async (_name, body, reason) => {
    const contents = { "a.json": goodJson, "bad.json": "{", "large.json": `{${" ".repeat(maxBytes)}}` };
    const { ports, rows, deadLetters } = memoryPorts(contents);

    const result = await takeIn(body, ports, maxBytes);

    expect(result).toMatchObject({ outcome: "refused", refusal: { reason } });
    expect(deadLetters).toEqual([expect.objectContaining({ body, reason })]);
    expect(rows.size).toBe(0);
  });

  it("quarantines a refused object and says in the dead letter where it is", async () => {
    const { ports, deadLetters } = memoryPorts({ "bad.json": "{" });
    const body = announce({ key: "bad.json" });

    const result = await takeIn(body, ports, maxBytes);

    const quarantined = "quarantine/malformed-json/bad.json";
    expect(result).toMatchObject({ outcome: "refused", quarantined });
    expect(deadLetters).toEqual([{ body, reason: "malformed-json", quarantined }]);
  });

  it.each([
    ["there is no object to speak of", "{}"],
    ["the object is gone", announce({ key: "gone.json" })],
  ])("asks nothing of the quarantine where %s", async (_name, body) => {
    const { ports } = memoryPorts({});
    const take = jest.fn();

    await takeIn(body, { ...ports, quarantine: { ...ports.quarantine, take } }, maxBytes);

    expect(take).not.toHaveBeenCalled();
  });

  it("fails, and sends no dead letter, when a refused object can't be quarantined", async () => {
    const { ports, deadLetters } = memoryPorts({ "bad.json": "{" });
    const error = new Error("throttled");
    const quarantine = { ...ports.quarantine, take: () => Promise.reject(error) };

    const result = await takeIn(announce({ key: "bad.json" }), { ...ports, quarantine }, maxBytes);

    expect(result).toMatchObject({ outcome: "failed", error });
    expect(deadLetters).toEqual([]);
  });

  it("ignores what lies in quarantine, good or bad, so that no copy is judged again", async () => {
    const { ports, rows, reads, deadLetters } = memoryPorts({ "quarantine/a.json": goodJson });

    const result = await takeIn(announce({ key: "quarantine/a.json" }), ports, maxBytes);

    expect(result).toMatchObject({ outcome: "ignored" });
    expect([rows.size, reads, deadLetters]).toEqual([0, [], []]);
  });

  it("fails with what it had learnt when its time is up", async () => {
    const { ports } = memoryPorts({ "a.json": goodJson });
    const error = new Error("too late");
    const inTime: Ports["inTime"] = async (work) => {
      await work();
      throw error;
    };

    const result = await takeIn(announce({ key: "a.json" }), { ...ports, inTime }, maxBytes);

    expect(result).toMatchObject({ outcome: "failed", error, upload: { key: "a.json" } });
  });

  it("reads no object that is announced too large or of an unsupported type", async () => {
    const { ports, reads } = memoryPorts({});

    await takeIn(announce({ key: "a.json", size: maxBytes + 1 }), ports, maxBytes);
    await takeIn(announce({ key: "a.pdf" }), ports, maxBytes);

    expect(reads).toEqual([]);
  });

  it("accepts the largest size and reads no more than one byte over it", async () => {
    const { ports, reads } = memoryPorts({ "a.json": goodJson.padEnd(maxBytes) });

    const result = await takeIn(announce({ key: "a.json", size: maxBytes }), ports, maxBytes);

    expect(result.outcome).toBe("catalogued");
    expect(reads).toEqual([maxBytes + 1]);
  });

  it("fails on any other fault, saying what it had learnt", async () => {
    const { ports, deadLetters } = memoryPorts({ "a.json": goodJson });
    const error = new Error("throttled");
    const failing = { ...ports, catalogue: { add: () => Promise.reject(error) } };

    const result = await takeIn(announce({ key: "a.json" }), failing, maxBytes);

    expect(result).toMatchObject({
      outcome: "failed",
      error,
      upload: { key: "a.json" },
      digest: expect.any(String),
    });
    expect(deadLetters).toEqual([]);
  });

  it("fails when a refused record can't be dead-lettered", async () => {
    const { ports } = memoryPorts({});
    const error = new Error("no queue");

    const result = await takeIn(
      "{}",
      { ...ports, deadLetters: { send: () => Promise.reject(error) } },
      maxBytes,
    );

    expect(result).toMatchObject({ outcome: "failed", error });
  });

  it("gives the same content the same digest, whatever its key and version", async () => {
    const anyUpload = fc.record({
      key: fc.string({ maxLength: 100 }).map((name) => `${name}.json`),
      versionId: fc.string({ minLength: 1, maxLength: 100 }),
    });
    await fc.assert(
      fc.asyncProperty(anyUpload, anyUpload, async (one, other) => {
        const { ports } = memoryPorts({ [one.key]: goodJson, [other.key]: goodJson });

        const results = [
          await takeIn(announce(one), ports, maxBytes),
          await takeIn(announce(other), ports, maxBytes),
        ];

        expect(results.map(({ outcome }) => outcome)).toEqual(["catalogued", "deduplicated"]);
        expect(results[0]?.digest).toBe(results[1]?.digest);
      }),
    );
  });

  it("keeps one row for each content, in any order and interleaving of duplicates", async () => {
    const contents = [goodJson, goodCsv, goodJson.replace("tides", "winds")];
    const keys = ["a.json", "b.csv", "c.json"];
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.tuple(fc.nat(keys.length - 1), fc.nat(9)), { maxLength: 20 }),
        async (scheduler, arrivals) => {
          const objects = arrivals.map(([which, copy]) => [`${copy}-${keys[which]}`, contents[which] ?? ""]);
          const { ports, rows } = memoryPorts(Object.fromEntries(objects) as Record<string, string>);
          const interleaved: Ports = {
            ...ports,
            uploads: { read: scheduler.scheduleFunction(ports.uploads.read) },
            catalogue: { add: scheduler.scheduleFunction(ports.catalogue.add) },
          };

          const pending = Promise.all(
            objects.map(([key]) => takeIn(announce({ key: key ?? "" }), interleaved, maxBytes)),
          );
          await scheduler.waitFor(pending);
          const outcomes = (await pending).map(({ outcome }) => outcome);

          const distinct = new Set(arrivals.map(([which]) => which)).size;
          expect(rows.size).toBe(distinct);
          expect(outcomes.filter((outcome) => outcome === "catalogued")).toHaveLength(distinct);
          expect(outcomes.filter((outcome) => outcome === "deduplicated")).toHaveLength(
            arrivals.length - distinct,
          );
        },
      ),
    );
  });
});

describe("toItem", () => {
  it("stays below DynamoDB's 400 KB for the largest document", () => {
    const widest = "€"; // three bytes of UTF-8 in one UTF-16 unit: no character takes more room for its length
    const cells = [widest.repeat(limits.title), widest.repeat(limits.author), "2026-01-31"];
    const tags = Array<string>(limits.tags).fill(widest.repeat(limits.tag)).join(";");
    const rows = Array<string>(limits.entries).fill([...cells, tags].join(","));
    const { format, entries } = parseDocument(
      "a.csv",
      Buffer.from(["title,author,issued,tags", ...rows].join("\n")),
    );
    const upload = { bucket: "b".repeat(63), key: widest.repeat(1024), versionId: "v".repeat(1024), size: 1 };

    const item = toItem({ digest: "d".repeat(64), format, upload, bytes: 1, entries }, new Date());

    // JSON takes more room than DynamoDB counts: quotes, type names, brackets.
    expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(400 * 1024);
  });
});

import fc from "fast-check";
import { canonical, chainFaults, type Entry, GENESIS, type RepairRecord, seal, unfinished } from "./record";

const entry = (change: Partial<Entry> = {}): Entry => ({
  phase: "repaired",
  mode: "repair",
  eventId: "e1",
  trigger: "aws.events: Scheduled Event",
  target: "reports",
  arn: "arn:aws:s3:::reports",
  why: "public access is not blocked",
  evidence: { off: ["blockPublicAcls"], publicPolicy: true },
  at: "2026-03-31T12:00:00.000Z",
  ...change,
});

const chainOf = (count: number): RepairRecord[] => {
  const records: RepairRecord[] = [];
  for (let index = 0; index < count; index++) {
    records.push(seal("block-public-bucket", entry({ eventId: `e${index}` }), records.at(-1)));
  }
  return records;
};

describe("canonical", () => {
  it("is the same whatever the order of keys, and leaves out what is undefined", () => {
    expect(canonical({ b: [1, { d: 2, c: null }], a: undefined })).toBe('{"b":[1,{"c":null,"d":2}]}');
  });

  it("says what JSON says", () => {
    fc.assert(
      fc.property(
        fc.json().map((text) => JSON.parse(text) as unknown),
        (value) => {
          expect(JSON.parse(canonical(value))).toEqual(value);
        },
      ),
    );
  });
});

describe("a chain of records", () => {
  it("links each record to the one before it", () => {
    const [first, second] = chainOf(2);
    expect(first).toMatchObject({
      sequence: 1,
      previous: GENESIS,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(second).toMatchObject({ sequence: 2, previous: first?.hash });
  });

  it("has no faults, also when it was stored and read", () => {
    expect(chainFaults([])).toEqual([]);
    expect(chainFaults(JSON.parse(JSON.stringify(chainOf(5))) as RepairRecord[])).toEqual([]);
  });

  it("shows the change of any field of any record", () => {
    fc.assert(
      fc.property(
        fc.nat(4),
        fc.constantFrom(...Object.keys(chainOf(1)[0] ?? {})),
        fc.string(),
        (index, field, value) => {
          const records: object[] = chainOf(5);
          records[index] = { ...records[index], [field]: `${value}!` };
          expect(chainFaults(records as RepairRecord[])).not.toEqual([]);
        },
      ),
    );
  });

  it("shows a change that was given its right hash, by the record behind it", () => {
    const records = chainOf(3);
    records[1] = seal("block-public-bucket", entry({ why: "nothing to see here" }), records[0]);
    expect(chainFaults(records)).toEqual(["record 3 does not follow from the one before it"]);
  });

  it.each<[string, (records: RepairRecord[]) => RepairRecord[]]>([
    ["a missing first record", (records) => records.slice(1)],
    ["a missing record", (records) => records.filter((_, index) => index !== 2)],
    [
      "a doubled record",
      (records) => records.flatMap((record, index) => (index === 2 ? [record, record] : [record])),
    ],
    ["exchanged records", ([a, b, c, ...rest]) => [a, c, b, ...rest].flatMap((each) => each ?? [])],
  ])("shows %s", (_, change) => {
    expect(chainFaults(change(chainOf(5)))).not.toEqual([]);
  });

  it("can't show that its end is cut off", () => {
    expect(chainFaults(chainOf(5).slice(0, 3))).toEqual([]);
  });
});

describe("unfinished", () => {
  it("finds what an event intended and nothing tells the end of", () => {
    const told = (changes: Partial<Entry>[]) =>
      changes.map((change) => seal("restart-trail", entry(change), undefined));
    const records = told([
      { phase: "intended", target: "a" },
      { phase: "repaired", target: "a" },
      { phase: "intended", target: "b" },
      { phase: "intended", target: "c", eventId: "e2" },
    ]);
    expect([...unfinished(records, "e1").keys()]).toEqual(["b"]);
  });
});

import { type Entry, type RepairRecord, seal } from "./record";
import { type Rules, type Sight } from "./repair";
import { type Message, type Once, type Ports, type Result, type Settings, tend } from "./sentinel";
import { call, event, openedBucket, place, scheduled } from "./testing/samples";

interface Door extends Sight {
  readonly id: string;
  readonly open: boolean;
}

/** A repair that shuts doors: the bucket that an event names is one. */
const rules: Rules<Door> = {
  name: "block-public-bucket",
  targetsOf: ({ source, detail }) =>
    source === "aws.events"
      ? "every"
      : [(detail as { requestParameters: { bucketName: string } }).requestParameters.bucketName],
  judge: ({ open, id }) => (open ? { why: "it is open", evidence: { id } } : undefined),
};

/** AWS with some doors, and what was said and done. */
class World implements Ports<Door> {
  readonly doors = new Map<string, Door>();
  readonly chain: RepairRecord[] = [];
  readonly told: string[] = [];
  readonly refused: string[] = [];
  mended = 0;
  /** What fails from now on. */
  failing: "look" | "mend" | "notice" | "dead letter" | undefined;
  private readonly done = new Set<string>();

  door(id: string, change: Partial<Door> = {}): this {
    this.doors.set(id, { id, open: true, tags: {}, arn: `arn:aws:s3:::${id}`, ...change });
    return this;
  }

  readonly hands = {
    list: () => Promise.resolve([...this.doors.keys()]),
    look: (id: string) => this.unlessFailing("look", () => this.doors.get(id)),
    mend: ({ id }: Door) =>
      this.unlessFailing("mend", () => {
        this.mended++;
        this.door(id, { open: false });
      }),
  };
  readonly records = {
    append: (entry: Entry) => {
      const record = seal(rules.name, entry, this.chain.at(-1));
      this.chain.push(record);
      return Promise.resolve(record);
    },
    latest: () => Promise.resolve(this.chain.slice(-25)),
  };
  readonly notices = {
    send: ({ phase }: RepairRecord) => this.unlessFailing("notice", () => void this.told.push(phase)),
  };
  readonly deadLetters = {
    send: (_: string, { reason }: { reason: string }) =>
      this.unlessFailing("dead letter", () => void this.refused.push(reason)),
  };
  readonly once: Once = async (key, work) => {
    if (this.done.has(key)) return false;
    await work();
    this.done.add(key);
    return true;
  };
  readonly now = () => new Date("2026-03-31T12:00:00Z");

  /** Forgets what was done, as a table does whose function died before it could write. */
  forget(): void {
    this.done.clear();
  }

  get phases(): string[] {
    return this.chain.map(({ phase }) => phase);
  }

  private async unlessFailing<T>(what: World["failing"], work: () => T): Promise<T> {
    await Promise.resolve();
    if (this.failing === what) throw new Error(`no ${what}`);
    return work();
  }
}

const settings: Settings = { mode: "repair", place, ignored: [] };
const send = (world: World, sample: object, change: Partial<Settings & Message> = {}): Promise<Result> =>
  tend({ body: JSON.stringify(sample), receipt: 1, ...change }, rules, world, { ...settings, ...change });
const outcomes = (result: Result) =>
  result.outcome === "refused" ? [] : result.cases.map(({ outcome }) => outcome);

describe("tend", () => {
  it("mends what an event names, records it before and after, and tells people once", async () => {
    const world = new World().door("reports").door("other");

    const result = await send(world, openedBucket());

    expect(outcomes(result)).toEqual(["repaired"]);
    expect(world.doors.get("reports")?.open).toBe(false);
    expect(world.doors.get("other")?.open).toBe(true);
    expect(world.phases).toEqual(["intended", "repaired"]);
    expect(world.chain[1]).toMatchObject({
      arn: "arn:aws:s3:::reports",
      why: "it is open",
      trigger: "aws.s3: AWS API Call via CloudTrail",
      evidence: { id: "reports" },
      at: "2026-03-31T12:00:00.000Z",
    });
    expect(world.told).toEqual(["repaired"]);
  });

  it("looks at everything for the schedule", async () => {
    const world = new World().door("a").door("b", { open: false }).door("c");
    expect(outcomes(await send(world, scheduled()))).toEqual(["repaired", "sound", "repaired"]);
  });

  it("believes no event: it does nothing where what it names is sound or gone", async () => {
    const world = new World().door("reports", { open: false });
    expect(outcomes(await send(world, openedBucket()))).toEqual(["sound"]);
    expect(outcomes(await send(world, openedBucket("gone")))).toEqual(["gone"]);
    expect(world.chain).toEqual([]);
  });

  it("does nothing for the same event again", async () => {
    const world = new World().door("reports");
    await send(world, openedBucket());
    expect(outcomes(await send(world, openedBucket()))).toEqual(["sound"]);
    world.door("reports");
    expect(outcomes(await send(world, openedBucket()))).toEqual(["deduplicated"]);
    expect(world.mended).toBe(1);
  });

  it("mends again what another event tells of", async () => {
    const world = new World().door("reports");
    await send(world, openedBucket());
    world.door("reports");
    await send(world, { ...openedBucket(), id: "another" });
    expect(world.mended).toBe(2);
  });

  it.each<[string, Partial<Door>, Partial<Settings>]>([
    ["by its tag", { tags: { "landfall:sentinel": "ignore" } }, {}],
    ["by a pattern", {}, { ignored: ["arn:aws:s3:::rep*"] }],
  ])("touches nothing that is ignored %s", async (_, door, change) => {
    const world = new World().door("reports", door);
    expect(outcomes(await send(world, openedBucket(), change))).toEqual(["ignored"]);
    expect(world.mended).toBe(0);
  });

  describe("in a dry run", () => {
    const dry = { mode: "dry-run" } as const;

    it("says what it would do, and does nothing", async () => {
      const world = new World().door("reports");
      expect(outcomes(await send(world, openedBucket(), dry))).toEqual(["reported"]);
      expect(world.mended).toBe(0);
      expect(world.phases).toEqual(["reported"]);
      expect(world.chain[0]?.mode).toBe("dry-run");
    });

    it("says it once, however many events and looks at everything tell of it", async () => {
      const world = new World().door("reports");
      await send(world, openedBucket(), dry);
      await send(world, { ...openedBucket(), id: "another" }, dry);
      await send(world, scheduled({ id: "sweep" }), dry);
      expect(world.told).toEqual(["reported"]);
    });
  });

  describe("that is interrupted", () => {
    it("before it mends: mends when the message comes again", async () => {
      const world = new World().door("reports");
      world.failing = "mend";
      expect((await send(world, openedBucket())).outcome).toBe("failed");
      world.failing = undefined;
      expect(outcomes(await send(world, openedBucket(), { receipt: 2 }))).toEqual(["repaired"]);
      expect(world.phases).toEqual(["intended", "failed", "intended", "repaired"]);
    });

    it("after it has mended: tells the end when the message comes again, though nothing is left to mend", async () => {
      const world = new World().door("reports");
      await send(world, openedBucket());
      // The function died between mending and recording it.
      world.chain.pop();
      world.told.pop();
      world.forget();

      expect(outcomes(await send(world, openedBucket(), { receipt: 2 }))).toEqual(["confirmed"]);

      expect(world.mended).toBe(1);
      expect(world.phases).toEqual(["intended", "confirmed"]);
      expect(world.told).toEqual(["confirmed"]);
    });

    it("by one target of many: deals with the others, and fails the message", async () => {
      const world = new World().door("a").door("b").door("c");
      const look = world.hands.look.bind(world.hands);
      jest
        .spyOn(world.hands, "look")
        .mockImplementation((id) => (id === "b" ? Promise.reject(new Error("slow")) : look(id)));
      const result = await send(world, scheduled());
      expect(result).toMatchObject({ outcome: "failed", error: new Error("slow") });
      expect(outcomes(result)).toEqual(["repaired", "failed", "repaired"]);
    });
  });

  it.each<[string, object, string]>([
    ["a forged source", event("my.app", "AWS API Call via CloudTrail", {}), "invalid-event"],
    ["a forged detail type", event("aws.s3", "AWS API Call via CloudTrail!", {}), "unknown-event"],
    ["another account", { ...scheduled(), account: "999999999999" }, "foreign-account"],
  ])("dead-letters %s with its reason, and looks at nothing", async (_, sample, reason) => {
    const world = new World().door("reports");
    expect((await send(world, sample)).outcome).toBe("refused");
    expect(world.refused).toEqual([reason]);
    expect(world.mended).toBe(0);
  });

  it("dead-letters an event that names more targets than it could deal with", async () => {
    const world = new World();
    const many = { ...rules, targetsOf: () => Array.from({ length: 101 }, (_, index) => `bucket-${index}`) };
    await tend({ body: JSON.stringify(openedBucket()), receipt: 1 }, many, world, settings);
    expect(world.refused).toEqual(["too-many-targets"]);
  });

  it("fails a refused message that can't be dead-lettered", async () => {
    const world = new World();
    world.failing = "dead letter";
    expect(await send(world, call("s3", "x", {}, {}), { body: "{" })).toMatchObject({ outcome: "failed" });
  });
});

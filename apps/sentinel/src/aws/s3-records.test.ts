import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { chainFaults, type Entry, type RepairRecord } from "../record";
import { keyOf, S3Records } from "./s3-records";

/** A bucket in this process, as far as records need one. */
class FakeBucket {
  readonly objects = new Map<string, string>();
  /** What somebody else does just before an object is written. */
  beforePut: (() => void) | undefined;

  readonly client = (() => {
    const client = new S3Client({ region: "eu-west-1" });
    jest
      .spyOn(client, "send")
      .mockImplementation((command: unknown) => Promise.resolve(this.answer(command)));
    return client;
  })();

  private answer(command: unknown): unknown {
    if (command instanceof ListObjectsV2Command) {
      const { Prefix = "", MaxKeys } = command.input;
      const keys = [...this.objects.keys()].filter((key) => key.startsWith(Prefix)).sort();
      return { Contents: keys.slice(0, MaxKeys).map((Key) => ({ Key })) };
    }
    if (command instanceof GetObjectCommand) {
      const body = this.objects.get(command.input.Key ?? "");
      return { Body: { transformToString: () => Promise.resolve(body) } };
    }
    if (command instanceof PutObjectCommand) {
      const { Key = "", Body, IfNoneMatch } = command.input;
      this.beforePut?.();
      if (IfNoneMatch !== "*") throw new Error("a record must only be written where there is none");
      if (this.objects.has(Key)) {
        throw new S3ServiceException({ name: "PreconditionFailed", $fault: "client", $metadata: {} });
      }
      this.objects.set(Key, String(Body));
      return {};
    }
    throw new Error("unexpected command");
  }
}

const entry = (target: string): Entry => ({
  phase: "repaired",
  mode: "repair",
  eventId: "e",
  trigger: "t",
  target,
  arn: "arn",
  why: "why",
  evidence: {},
  at: "2026-03-31T12:00:00.000Z",
});

const stored = (bucket: FakeBucket): RepairRecord[] =>
  [...bucket.objects.entries()]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([, body]) => JSON.parse(body) as RepairRecord);

describe("S3Records", () => {
  it("adds each record to the end of its own chain", async () => {
    const bucket = new FakeBucket();
    for (const chain of ["restart-trail", "close-open-rule"] as const) {
      const records = new S3Records(bucket.client, "records", chain);
      for (const target of ["a", "b", "c"]) await records.append(entry(target));
      expect((await records.latest()).map(({ target }) => target)).toEqual(["a", "b", "c"]);
    }
    const trail = stored(bucket).filter(({ chain }) => chain === "restart-trail");
    expect(chainFaults(trail)).toEqual([]);
    expect(bucket.objects.has(keyOf("restart-trail", 3))).toBe(true);
  });

  it("links behind the other's record when two write at once", async () => {
    const bucket = new FakeBucket();
    const [one, two] = [1, 2].map(() => new S3Records(bucket.client, "records", "restart-trail"));
    await Promise.all([one?.append(entry("a")), two?.append(entry("b"))]);
    expect(stored(bucket)).toHaveLength(2);
    expect(chainFaults(stored(bucket))).toEqual([]);
  });

  it("gives up where it never wins", async () => {
    const bucket = new FakeBucket();
    let taken = 0;
    bucket.beforePut = () =>
      void bucket.objects.set(
        keyOf("restart-trail", ++taken),
        JSON.stringify({ sequence: taken, hash: "h" }),
      );
    await expect(new S3Records(bucket.client, "records", "restart-trail").append(entry("a"))).rejects.toThrow(
      expect.objectContaining({ name: "PreconditionFailed" }),
    );
    expect(taken).toBe(10);
  });
});

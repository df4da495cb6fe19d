import { type InvocationEnd } from "./batch-outcome";
import { deliverInOrder, type GiveUpReason, type StreamPolicy, type StreamRecord } from "./stream-batch";

const NOW = 1_000_000;
const POLICY: StreamPolicy = {
  bisect: false,
  reportsFailures: false,
  maxRetries: 2,
  maxRecordAgeSeconds: undefined,
};

const record = (number: number): StreamRecord => ({
  eventID: `e${number}`,
  eventName: "INSERT",
  dynamodb: { SequenceNumber: String(number), ApproximateCreationDateTime: NOW / 1000 - number },
});
const numbersOf = (records: readonly StreamRecord[]) =>
  records.map(({ dynamodb }) => dynamodb.SequenceNumber).join("");

/** Delivers records 1 to count to a function that fails for the poison, and reports it or throws. */
const run = async (
  count: number,
  poison: readonly number[],
  policy: Partial<StreamPolicy>,
  stopAfter = 99,
) => {
  const calls: string[] = [];
  const givenUp: [string, GiveUpReason, number][] = [];
  let pauses = 0;
  const whole = { ...POLICY, ...policy };
  const done = await deliverInOrder(
    Array.from({ length: count }, (_, index) => record(index + 1)),
    whole,
    {
      invoke: async (records): Promise<InvocationEnd> => {
        calls.push(numbersOf(records));
        const bad = records.filter(({ dynamodb }) => poison.includes(Number(dynamodb.SequenceNumber)));
        if (bad.length === 0) return { ok: true };
        if (!whole.reportsFailures) return { ok: false, error: "poison" };
        const failures = bad.map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber }));
        return { ok: true, payload: JSON.stringify({ batchItemFailures: failures }) };
      },
      giveUp: async (records, reason, tries) => {
        givenUp.push([numbersOf(records), reason, tries]);
      },
      pause: async () => ++pauses < stopAfter,
      now: () => NOW,
    },
  );
  return { calls, givenUp, done };
};

describe("deliverInOrder", () => {
  it("calls the function once when nothing fails", async () => {
    expect(await run(3, [], {})).toEqual({ calls: ["123"], givenUp: [], done: true });
  });

  it("tries a failed batch again as a whole, then gives it up as a whole", async () => {
    expect(await run(3, [2], {})).toEqual({
      calls: ["123", "123", "123"],
      givenUp: [["123", "RetryAttemptsExhausted", 3]],
      done: true,
    });
  });

  it("halves a failed batch until the poison is alone, and loses nothing else", async () => {
    const { calls, givenUp } = await run(4, [2], { bisect: true });
    expect(calls).toEqual(["1234", "12", "1", "2", "2", "2", "34"]);
    expect(givenUp).toEqual([["2", "RetryAttemptsExhausted", 3]]);
  });

  it("delivers from the first reported record on", async () => {
    const { calls, givenUp } = await run(4, [3], { reportsFailures: true });
    expect(calls).toEqual(["1234", "34", "34"]);
    expect(givenUp).toEqual([["34", "RetryAttemptsExhausted", 3]]);
  });

  it("isolates a reported record by halving", async () => {
    const { calls, givenUp } = await run(5, [2], { reportsFailures: true, bisect: true });
    expect(calls).toEqual(["12345", "23", "2", "2", "2", "3", "45"]);
    expect(givenUp).toEqual([["2", "RetryAttemptsExhausted", 3]]);
  });

  it("gives up what is too old, without halving", async () => {
    const { givenUp } = await run(3, [2], { bisect: true, maxRecordAgeSeconds: 0 });
    expect(givenUp).toEqual([["123", "RecordAgeExceeded", 1]]);
  });

  it("neither gives up nor goes on when the function was ended meanwhile", async () => {
    const giveUp = jest.fn();
    const done = await deliverInOrder(
      [record(1)],
      { ...POLICY, maxRetries: 0 },
      { invoke: async () => undefined, giveUp, pause: async () => true, now: () => NOW },
    );
    expect(done).toBe(false);
    expect(giveUp).not.toHaveBeenCalled();
  });

  it("never gives up without limits, until it is stopped", async () => {
    const { calls, givenUp, done } = await run(1, [1], { maxRetries: undefined }, 5);
    expect([calls.length, givenUp, done]).toEqual([5, [], false]);
  });
});

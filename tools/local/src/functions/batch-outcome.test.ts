import { batchOutcome, type InvocationEnd } from "./batch-outcome";

const returned = (value: unknown): InvocationEnd => ({ ok: true, payload: JSON.stringify(value) });
const failures = (...ids: unknown[]) =>
  returned({ batchItemFailures: ids.map((id) => ({ itemIdentifier: id })) });

describe("batchOutcome", () => {
  const partial: [string, InvocationEnd, string[]][] = [
    ["nothing returned", { ok: true }, []],
    ["null", returned(null), []],
    ["an empty object", returned({}), []],
    ["an object of another kind", returned({ statusCode: 200 }), []],
    ["a null list", returned({ batchItemFailures: null }), []],
    ["an empty list", failures(), []],
    ["one failure", failures("b"), ["b"]],
    ["one failure named twice", failures("b", "b"), ["b"]],
    ["every message named", failures("a", "b", "c"), ["a", "b", "c"]],
    ["an unknown id", failures("a", "x"), ["a", "b", "c"]],
    ["an empty id", failures(""), ["a", "b", "c"]],
    ["a null id", failures(null), ["a", "b", "c"]],
    ["a wrong key", returned({ batchItemFailures: [{ itemId: "a" }] }), ["a", "b", "c"]],
    ["a list of strings", returned({ batchItemFailures: ["a"] }), ["a", "b", "c"]],
    ["no list", returned({ batchItemFailures: "a" }), ["a", "b", "c"]],
    ["a string", returned("done"), ["a", "b", "c"]],
    ["no JSON", { ok: true, payload: "{" }, ["a", "b", "c"]],
    ["an error", { ok: false, error: "thrown" }, ["a", "b", "c"]],
  ];

  it.each(partial)("keeps what failed of a batch with partial responses: %s", (_name, end, failed) => {
    const outcome = batchOutcome(["a", "b", "c"], end, true);

    expect(outcome.failed).toEqual(failed);
    expect(outcome.succeeded).toEqual(["a", "b", "c"].filter((id) => !failed.includes(id)));
  });

  it("says why a batch failed although the handler returned", () => {
    expect(batchOutcome(["a"], failures("x"), true).malformed).toBe(
      "the itemIdentifier x is not in the batch",
    );
  });

  it("ignores the response where partial responses are not switched on", () => {
    expect(batchOutcome(["a", "b"], failures("b"), false)).toEqual({ succeeded: ["a", "b"], failed: [] });
    expect(batchOutcome(["a", "b"], { ok: false, error: "thrown" }, false)).toEqual({
      succeeded: [],
      failed: ["a", "b"],
    });
  });
});

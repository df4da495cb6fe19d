import { runSampleTask, type SampleTaskPorts, type SampleTaskRequest } from "./sample-task";

const rows = new Map<string, SampleTaskRequest>();
const letters: string[][] = [];
const ports: SampleTaskPorts = {
  rows: {
    add: async (request) => {
      const isNew = !rows.has(request.id);
      if (isNew) rows.set(request.id, request);
      return isNew;
    },
  },
  deadLetters: {
    send: async (body, reason) => {
      letters.push([body, reason]);
    },
  },
};
const message = (detail: unknown) => JSON.stringify({ source: "landfall.sample-app", detail });

beforeEach(() => {
  rows.clear();
  letters.length = 0;
});

describe("runSampleTask", () => {
  it("keeps a row for an id, once", async () => {
    const body = message({ id: "a-1", note: "hello" });
    expect(await runSampleTask(body, ports)).toEqual({ outcome: "done", id: "a-1" });
    expect(await runSampleTask(body, ports)).toEqual({ outcome: "repeated", id: "a-1" });
    expect([...rows.values()]).toEqual([{ id: "a-1", note: "hello" }]);
  });

  it.each([
    ["what is not JSON", "{", "invalid-event"],
    ["what is no event", "[]", "invalid-event"],
    ["a missing id", message({}), "invalid-detail"],
    ["an id with a slash", message({ id: "a/b" }), "invalid-detail"],
    ["an id that is too long", message({ id: "a".repeat(65) }), "invalid-detail"],
    ["a note that is too long", message({ id: "a", note: "n".repeat(1001) }), "invalid-detail"],
    ["a field that it does not know", message({ id: "a", admin: true }), "invalid-detail"],
  ])("dead-letters %s, with the reason", async (_, body, reason) => {
    expect(await runSampleTask(body, ports)).toEqual({ outcome: "refused", reason });
    expect(letters).toEqual([[body, reason]]);
    expect(rows.size).toBe(0);
  });

  it("fails where a row can't be kept or a dead letter can't be sent, so that the event comes again", async () => {
    const error = new Error("throttled");
    const fail = () => Promise.reject(error);
    const failing = { rows: { add: fail }, deadLetters: { send: fail } };
    for (const body of [message({ id: "a" }), "{"]) {
      expect(await runSampleTask(body, failing)).toEqual({ outcome: "failed", error });
    }
  });
});

import { type DeadLetter, readDeadLetter } from "./dead-letter";
import { type Letters } from "./letters";
import { type Choice } from "./options";
import { redrive, type RedriveProps, rendered } from "./redrive";

const letter = (id: string, reason: string, sentAt = 0): DeadLetter =>
  readDeadLetter({
    MessageId: id,
    Body: `{"secret":"é${id}"}`,
    Attributes: { SentTimestamp: String(sentAt) },
    MessageAttributes: { reason: { DataType: "String", StringValue: reason } },
  });

function scene(
  choice: Choice,
  change: Partial<RedriveProps> & { more?: boolean; found?: DeadLetter[] } = {},
) {
  const { more = false, found = [letter("1", "too-large"), letter("2", "invalid-field")], ...props } = change;
  const [holds, sent, lines, questions, waits]: [number[], string[], string[], string[], number[]] = [
    [],
    [],
    [],
    [],
    [],
  ];
  const letters: Letters = {
    read: async (holdSeconds) => {
      holds.push(holdSeconds);
      return { letters: found, more };
    },
    sendBack: async ({ id }) => {
      sent.push(id);
    },
    moveAll: async () => {
      sent.push("all, by a task");
      return 7;
    },
  };
  const run = redrive({
    letters,
    queue: "local-intake-documents",
    choice,
    bodies: false,
    byTask: false,
    say: (line) => lines.push(line),
    confirm: async (question) => {
      questions.push(question);
      return true;
    },
    wait: async (seconds) => {
      waits.push(seconds);
    },
    ...props,
  });
  return { run, holds, sent, lines, questions, waits };
}
const some = (ids: string[], reasons: string[] = []): Choice => ({ kind: "some", ids, reasons });

describe("redrive", () => {
  it("only lists where nothing is chosen, and asks nothing", async () => {
    const { run, sent, lines, questions } = scene({ kind: "none" });

    expect(await run).toBe(0);

    expect([sent, questions]).toEqual([[], []]);
    expect(lines.slice(0, 3)).toEqual([
      "1  1970-01-01T00:00:00.000Z  too-large  (unknown)",
      "2  1970-01-01T00:00:00.000Z  invalid-field  (unknown)",
      "2 dead letters: 1 too-large, 1 invalid-field",
    ]);
  });

  it.each([
    ["by id", some(["2"]), ["2"]],
    ["by reason", some([], ["too-large"]), ["1"]],
    ["by either", some(["2"], ["too-large"]), ["1", "2"]],
    ["all", { kind: "all" } as const, ["1", "2"]],
  ])("sends back what is chosen: %s", async (_name, choice, expected) => {
    const { run, sent, questions } = scene(choice);

    expect(await run).toBe(expected.length);

    expect(sent).toEqual(expected);
    expect(questions).toEqual([`Send ${expected.length} of these back to local-intake-documents?`]);
  });

  it("sends nothing when the answer is no", async () => {
    const { run, sent } = scene({ kind: "all" }, { confirm: async () => false });

    await expect(run).rejects.toThrow("Nothing was sent.");

    expect(sent).toEqual([]);
  });

  it.each([
    ["an id", some(["1", "9"]), '"9"'],
    ["a reason", some(["1"], ["to-large"]), '"to-large"'],
  ])("sends nothing when %s fits nothing", async (_name, choice, named) => {
    const { run, sent, questions } = scene(choice);

    await expect(run).rejects.toThrow(`Nothing was sent: there is no dead letter with ${named}`);

    expect([sent, questions]).toEqual([[], []]);
  });

  it("leaves all to SQS where it can, once nobody holds a letter any more", async () => {
    const { run, sent, holds, waits, questions } = scene({ kind: "all" }, { byTask: true, more: true });

    expect(await run).toBe(7);

    expect(sent).toEqual(["all, by a task"]);
    expect(waits).toEqual(holds);
    expect(questions).toEqual(["Send all of these back to local-intake-documents?"]);
  });

  it("sends chosen ones one by one, though SQS could move all", async () => {
    const { run, sent } = scene(some(["1"]), { byTask: true });

    await run;

    expect(sent).toEqual(["1"]);
  });

  it("holds letters for as long as an answer takes only where one is asked for", async () => {
    expect(scene({ kind: "none" }).holds).toEqual([20]);
    expect(scene(some(["1"])).holds).toEqual([600]);
  });

  it("says that there is nothing to do", async () => {
    const { run, lines, questions } = scene({ kind: "all" }, { found: [] });

    expect(await run).toBe(0);

    expect(lines[0]).toContain("local-intake-documents has no dead letters");
    expect(questions).toEqual([]);
  });
});

describe("rendered", () => {
  it("puts the oldest first", () => {
    const lines = rendered([letter("new", "x", 2000), letter("old", "x", 1000)], false);
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["old", "new", "2"]);
  });

  it("shows bodies only when asked to, escaped", () => {
    expect(rendered([letter("1", "x")], false).join("\n")).not.toContain("secret");
    expect(rendered([letter("1", "x")], true)[1]).toBe(String.raw`  "{\"secret\":\"\u00e91\"}"`);
  });
});

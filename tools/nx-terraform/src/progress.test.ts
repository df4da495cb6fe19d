import { Progress } from "./progress";
import type { Action } from "./ui-stream";

function record(total: number) {
  let now = 0;
  const lines: string[] = [];
  const progress = new Progress(
    "planning",
    total,
    (line) => lines.push(line),
    () => now,
  );
  const see = (type: "started" | "completed" | "errored", address: string, action: Action, seconds = 0) =>
    progress.see({ type, address, action, seconds });
  const wait = (seconds: number) => {
    now += seconds * 1_000;
    progress.tick();
  };
  return { lines, see, wait };
}

describe("Progress", () => {
  it("counts what is done, and says how long each took", () => {
    const { lines, see } = record(3);
    see("started", "aws_vpc.this", "create");
    see("completed", "aws_vpc.this", "create", 12);
    see("completed", "aws_kms_key.k", "update", 1);
    see("completed", "aws_sqs_queue.q", "delete", 2);

    expect(lines).toEqual([
      "aws_vpc.this created  12 s  (1/3)",
      "aws_kms_key.k changed  1 s  (2/3)",
      "aws_sqs_queue.q destroyed  2 s  (3/3)",
    ]);
  });

  it("does not count what failed, nor what was only read", () => {
    const { lines, see } = record(1);
    see("completed", "data.aws_x.y", "read", 1);
    see("errored", "aws_vpc.this", "create", 3);

    expect(lines).toEqual(["aws_vpc.this failed  3 s"]);
  });

  it("says what it waits for after ten seconds of silence, and not before", () => {
    const { lines, see, wait } = record(5);
    for (const name of ["a", "b", "c", "d"]) see("started", `aws_sqs_queue.${name}`, "create");
    wait(9);
    expect(lines).toEqual([]);
    wait(1);
    expect(lines).toEqual([
      "waiting for aws_sqs_queue.a 10 s, aws_sqs_queue.b 10 s, aws_sqs_queue.c 10 s and 1 more  (0/5)",
    ]);
    wait(9);
    expect(lines).toHaveLength(1);
  });

  it("names the phase when nothing in particular is under way", () => {
    const { lines, wait } = record(0);
    wait(10);
    expect(lines).toEqual(["planning  10 s"]);
  });
});

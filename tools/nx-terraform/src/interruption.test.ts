import { type ChildProcess, spawn } from "node:child_process";

import { InterruptedError, Interruption } from "./interruption";

/** A process in a group of its own that notes its first SIGINT and goes on. */
const stubborn = (): ChildProcess =>
  spawn("/bin/sh", ["-c", 'trap "echo asked" INT; echo ready; while :; do sleep 0.1; done'], {
    detached: true,
  });

const said = (child: ChildProcess, word: string) =>
  new Promise<void>((resolve) =>
    child.stdout?.on("data", (text: Buffer) => text.includes(word) && resolve()),
  );

describe("Interruption", () => {
  it("passes the first signal on once, takes a quick second for the same, and kills at a later one", async () => {
    const told: string[] = [];
    const interruption = new Interruption((line) => told.push(line));
    const child = stubborn();
    const ended = interruption.during(child);
    await said(child, "ready");

    const asked = said(child, "asked");
    interruption.handle("SIGINT", 0);
    interruption.handle("SIGTERM", 500);
    await asked;
    expect(told).toEqual([expect.stringContaining("stopping")]);
    expect(child.signalCode).toBeNull();

    interruption.handle("SIGINT", 5_000);
    await ended;
    expect(child.signalCode).toBe("SIGKILL");
  });

  it("passes it on to every running command, and tells it once", async () => {
    const told: string[] = [];
    const interruption = new Interruption((line) => told.push(line));
    const children = [stubborn(), stubborn()];
    const ended = children.map((child) => interruption.during(child));
    await Promise.all(children.map((child) => said(child, "ready")));

    const asked = Promise.all(children.map((child) => said(child, "asked")));
    interruption.handle("SIGINT", 0);
    await asked;
    expect(told).toHaveLength(1);

    interruption.handle("SIGINT", 5_000);
    await Promise.all(ended);
    expect(children.map(({ signalCode }) => signalCode)).toEqual(["SIGKILL", "SIGKILL"]);
  });

  it("lets nothing new start afterwards, and exits as a shell would", () => {
    const interruption = new Interruption(() => undefined);
    expect(() => interruption.assertNone()).not.toThrow();
    interruption.handle("SIGTERM", 0);
    expect(() => interruption.assertNone()).toThrow(InterruptedError);
    expect(new InterruptedError("SIGINT").exitCode).toBe(130);
  });
});

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { tryLock, unlock, whileLocked } from "./folder-lock";

describe("folder lock", () => {
  const folder = mkdtempSync(join(tmpdir(), "landfall-lock-"));
  const file = join(folder, "run.lock");
  afterEach(() => unlock(file));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("names the process that holds it", () => {
    const other = { pid: process.ppid, command: "deploy" };
    writeFileSync(file, JSON.stringify(other));
    expect(tryLock(file, "plan")).toEqual(other);
  });

  it.each(["", '{"pid'])("takes over a file that was cut off: %j", (content) => {
    writeFileSync(file, content);
    expect(tryLock(file, "plan")).toBeUndefined();
  });

  it("takes over from a process that is gone", async () => {
    const child = spawn("true");
    await new Promise((resolve) => child.once("exit", resolve));
    writeFileSync(file, JSON.stringify({ pid: child.pid, command: "deploy" }));
    expect(tryLock(file, "plan")).toBeUndefined();
  });

  it("lets two tasks of one process take turns, and takes over what an earlier process of its id left", async () => {
    writeFileSync(file, JSON.stringify({ pid: process.pid, command: "deploy" }));
    expect(tryLock(file, "plan")).toBeUndefined();
    expect(tryLock(file, "plan")).toEqual({ pid: process.pid, command: "plan" });
  });

  it("is given back when the task fails", async () => {
    await expect(whileLocked(file, "init", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(existsSync(file)).toBe(false);
  });
});

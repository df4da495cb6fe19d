import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import type { Interruption } from "./interruption";

/** How often a running command's output is looked at. */
const POLL_MS = 100;

/**
 * Runs its arguments as a command that ends gracefully when we are gone, however we went: it waits for the end of its
 * standard input, which only we hold open, and then interrupts the command. `exec` keeps the process id.
 */
const guarded = 'exec 3<&0; { cat <&3; kill -INT "$$"; } >/dev/null 2>&1 & exec "$@" </dev/null 3<&-';

/** How a command is started. */
export interface CommandOptions {
  /** The folder that it runs in. */
  readonly cwd: string;
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** Starts Terraform's commands, each in a process group of its own. */
export class Terraform {
  constructor(
    private readonly binary: string,
    private readonly interruption: Interruption,
  ) {}

  /** Runs a command that only reads, and gathers what it prints. */
  async capture(
    args: readonly string[],
    options: CommandOptions,
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    const child = this.start(args, options, "pipe");
    const printed = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.setEncoding("utf8").on("data", (text: string) => (printed[name] += text));
    }
    return { code: await this.ended(child), ...printed };
  }

  /**
   * Runs a command that writes to a file and hands on each line.
   *
   * It writes to a file and not to us, so that it can still save its state when we are gone: a closed pipe would end
   * it at its next message.
   *
   * @param file what it prints is added to this file
   * @param onTick called several times a second while it runs
   */
  async stream(
    args: readonly string[],
    options: CommandOptions & {
      readonly file: string;
      readonly onLine: (line: string) => void;
      readonly onTick: () => void;
    },
  ): Promise<number> {
    const output = openSync(options.file, "a+");
    const lines = new LineReader(output, options.onLine);
    lines.skip();
    const child = this.start(args, options, output);
    const end = this.ended(child);
    let running = true;
    void end.finally(() => (running = false));
    while (running) {
      await Promise.race([end, sleep(POLL_MS)]);
      lines.read();
      options.onTick();
    }
    lines.read();
    closeSync(output);
    return end;
  }

  private start(
    args: readonly string[],
    { cwd, env }: CommandOptions,
    output: "pipe" | number,
  ): ChildProcess {
    this.interruption.assertNone();
    return spawn("/bin/sh", ["-c", guarded, "landfall", this.binary, ...args], {
      cwd,
      env,
      detached: true,
      stdio: ["pipe", output, output],
    });
  }

  /** @throws InterruptedError when the user asked to stop in the meantime */
  private async ended(child: ChildProcess): Promise<number> {
    const code = await this.interruption.during(child);
    this.interruption.assertNone();
    return code;
  }
}

/** Reads the lines that are added to a file. */
class LineReader {
  private position = 0;
  private rest = Buffer.alloc(0);
  private readonly chunk = Buffer.alloc(64 * 1024);

  constructor(
    private readonly file: number,
    private readonly onLine: (line: string) => void,
  ) {}

  /** Passes over what is already there. */
  skip(): void {
    while (this.next().length > 0);
  }

  read(): void {
    for (let added = this.next(); added.length > 0; added = this.next()) {
      this.rest = Buffer.concat([this.rest, added]);
      for (let end = this.rest.indexOf("\n"); end >= 0; end = this.rest.indexOf("\n")) {
        this.onLine(this.rest.toString("utf8", 0, end));
        this.rest = this.rest.subarray(end + 1);
      }
    }
  }

  private next(): Buffer {
    const length = readSync(this.file, this.chunk, 0, this.chunk.length, this.position);
    this.position += length;
    return this.chunk.subarray(0, length);
  }
}

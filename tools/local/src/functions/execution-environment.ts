import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { type InvocationEnd } from "./batch-outcome";
import { type Kill } from "./function-faults";

/** To the function's process: call the handler. */
export interface Request {
  readonly event: unknown;
  /** The fixed part of the handler's context. */
  readonly context: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, when the invocation times out. */
  readonly deadline: number;
  readonly traceHeader: string;
  /** Written to both outputs when the handler is done. */
  readonly endMark: string;
}

/** From the function's process. */
export type Reply =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly payload?: string }
  | { readonly kind: "failed"; readonly error: string };

export interface ExecutionEnvironmentOptions {
  readonly codeFolder: string;
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string>>;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
}

export interface EnvironmentRun {
  readonly end: InvocationEnd;
  /** Lines of both outputs, in the order of their arrival. */
  readonly lines: readonly string[];
  readonly durationMs: number;
  /** Start of the process and load of the code; undefined when the environment was warm. */
  readonly initMs: number | undefined;
}

const BOOTSTRAP = resolve(__dirname, "bootstrap.mjs");
/** Lambda's limit for loading the code. */
const INIT_TIMEOUT_SECONDS = 10;
/** How long the outputs may lag behind a reply. */
const OUTPUT_GRACE_MS = 500;

/**
 * One process that runs a function, one invocation at a time, again and again until it times out or crashes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class ExecutionEnvironment {
  private readonly child: ChildProcess;
  private readonly exited: Promise<string>;
  private readonly startedAt = performance.now();
  private lines: string[] = [];
  private marksSeen = 0;
  private onMark: () => void = () => undefined;
  private initialized = false;
  private ended = false;
  private doom: Kill | undefined;
  private doomTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: ExecutionEnvironmentOptions) {
    this.child = spawn(process.execPath, [`--max-old-space-size=${options.memoryMegabytes}`, BOOTSTRAP], {
      cwd: options.codeFolder,
      env: options.env,
      // A process group of its own: an interrupt in the terminal is for the runner, and the group ends as one.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.exited = new Promise((settle) => {
      this.child.once("error", (error) => settle(error.message));
      this.child.once("close", (code, signal) => settle(signal ? `signal ${signal}` : `exit status ${code}`));
    });
    void this.exited.then(() => (this.ended = true));
    this.collect(this.child.stdout);
    this.collect(this.child.stderr);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Whether it can take another invocation. */
  get usable(): boolean {
    return !this.ended;
  }

  /** Runs the handler; never rejects. After a timeout or a crash the environment is no longer usable. */
  async invoke(request: Omit<Request, "deadline" | "endMark">, kill?: Kill): Promise<EnvironmentRun> {
    const cold = !this.initialized;
    if (cold) {
      const reply = await this.reply(INIT_TIMEOUT_SECONDS, "Init timed out");
      const initMs = performance.now() - this.startedAt;
      if (reply.kind !== "ready") {
        await this.end();
        return { end: toEnd(reply), lines: this.takeLines(), durationMs: 0, initMs };
      }
      this.initialized = true;
    }
    const initMs = cold ? performance.now() - this.startedAt : undefined;
    const start = performance.now();
    const { timeoutSeconds } = this.options;
    const outputs = new Promise<void>((settle) => (this.onMark = settle));
    this.marksSeen = 0;
    this.send({ ...request, deadline: Date.now() + timeoutSeconds * 1000, endMark: END_MARK });
    this.doom = kill;
    this.killWhenDue();
    const reply = await this.reply(
      timeoutSeconds,
      `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
    );
    this.doom = undefined;
    clearTimeout(this.doomTimer);
    const durationMs = performance.now() - start;
    if (this.usable) await Promise.race([outputs, wait(OUTPUT_GRACE_MS)]);
    return { end: toEnd(reply), lines: this.takeLines(), durationMs, initMs };
  }

  /** Kills the process, with what it started, and waits for its end. */
  async end(): Promise<void> {
    if (this.pid !== undefined && !this.ended) killGroup(this.pid);
    await this.exited;
  }

  private send(request: Request): void {
    if (this.child.connected) this.child.send(request, () => undefined);
  }

  /** The next reply; a process that ends or takes too long gives a failure, and is gone then. */
  private async reply(timeoutSeconds: number, onTimeout: string): Promise<Reply> {
    let timer: NodeJS.Timeout | undefined;
    let listener: (reply: Reply) => void = () => undefined;
    const replied = new Promise<Reply>((settle) => this.child.once("message", (listener = settle)));
    const late = new Promise<undefined>((settle) => {
      timer = setTimeout(() => settle(undefined), timeoutSeconds * 1000);
    });
    const failed = (error: string): Reply => ({ kind: "failed", error });
    const crashed = this.exited.then((reason) => failed(`Runtime exited with error: ${reason}`));
    const first = await Promise.race([replied, late, crashed]);
    clearTimeout(timer);
    this.child.off("message", listener);
    if (first === undefined) await this.end();
    return first ?? failed(onTimeout);
  }

  private collect(stream: NodeJS.ReadableStream | null): void {
    let rest = "";
    stream?.setEncoding("utf8");
    stream?.on("data", (chunk: string) => {
      const parts = (rest + chunk).split(END_MARK);
      for (const [index, part] of parts.entries()) {
        const lines = part.split("\n");
        rest = lines.pop() ?? "";
        this.lines.push(...lines.filter((line) => line !== ""));
        this.killWhenDue();
        if (index === parts.length - 1) break;
        if (rest !== "") this.lines.push(rest);
        rest = "";
        this.marksSeen += 1;
        if (this.marksSeen === 2) this.onMark();
      }
    });
    stream?.on("end", () => {
      if (rest !== "") this.lines.push(rest);
    });
  }

  private killWhenDue(): void {
    const { doom, pid } = this;
    if (!doom || pid === undefined || this.lines.length < doom.afterLines) return;
    this.doom = undefined;
    this.doomTimer = setTimeout(() => killGroup(pid), doom.afterMilliseconds);
  }

  private takeLines(): string[] {
    const lines = this.lines;
    this.lines = [];
    return lines;
  }
}

/** Not printable, so that no log line holds it. */
const END_MARK = "\u0000landfall:end\u0000";

const killGroup = (pid: number): void => {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
};

const wait = (ms: number): Promise<void> => new Promise((settle) => setTimeout(settle, ms).unref());

const toEnd = (reply: Reply): InvocationEnd => {
  if (reply.kind === "failed") return { ok: false, error: reply.error };
  return { ok: true, payload: reply.kind === "done" ? reply.payload : undefined };
};
